/** A change between two sweeps in the technician's words, for screens and sheets. */
import { showMac } from '../../mac.ts';
import type { Translate } from '../../refusal-text.ts';
import type { ComparedField, SweepChange } from './history.ts';

const NOTHING = '—';
type Side = SweepChange['before'];

/** The side to show: where it is now; where it was, if it is gone. */
export const sideOf = ({ before, after }: SweepChange): NonNullable<Side> | null => after ?? before;

function valueOf(side: Side, field: ComparedField, t: Translate): string {
  if (!side) return NOTHING;
  switch (field) {
    case 'mac':
      return side.mac === null ? NOTHING : showMac(side.mac);
    case 'kind':
      return side.kind === null ? NOTHING : t(`discovery.kind.${side.kind}`);
    case 'ports':
      return side.ports.join(' ') || NOTHING;
    case 'proof':
      return t(side.proof === 'cache' ? 'sweeps.remembered' : 'sweeps.answered');
    case 'name':
    case 'vendor':
      return side[field] ?? NOTHING;
  }
}

/** `新开端口 3389`: which of them, not both whole lists. */
function portsText({ before, after }: SweepChange, t: Translate): string[] {
  const [old, now] = [before?.ports ?? [], after?.ports ?? []];
  const opened = now.filter((port) => !old.includes(port)).join(' ');
  const closed = old.filter((port) => !now.includes(port)).join(' ');
  return [
    ...(opened ? [t('sweeps.ports_opened', { ports: opened })] : []),
    ...(closed ? [t('sweeps.ports_closed', { ports: closed })] : []),
  ];
}

/** Everything that changed, in one line. */
export function sayChange(change: SweepChange, t: Translate): string {
  const { kind, before, fields } = change;
  const parts = [
    ...(kind === 'gone' || kind === 'appeared' ? [t(`sweeps.say.${kind}`)] : []),
    ...(kind === 'moved' && before ? [t('sweeps.moved_from', { ip: before.ip })] : []),
    ...fields.flatMap((field) =>
      field === 'ports'
        ? portsText(change, t)
        : [
            t('sweeps.from_to', {
              field: t(`sweeps.field.${field}`),
              before: valueOf(before, field, t),
              after: valueOf(change.after, field, t),
            }),
          ],
    ),
  ];
  return parts.join(t('sweeps.join'));
}

/** Columns of the table, on the screen, in the clipboard and in the sheet alike. */
export const changeHeads = [
  'sweeps.change',
  'discovery.ip',
  'discovery.mac',
  'discovery.name',
  'discovery.vendor',
  'discovery.registered',
  'sweeps.what',
] as const;
export function changeCells(change: SweepChange, t: Translate): string[] {
  const side = sideOf(change);
  return [
    t(`sweeps.kind.${change.kind}`),
    change.ip,
    side?.mac ? showMac(side.mac) : '',
    side?.name ?? '',
    side?.vendor ?? '',
    change.holder ?? '',
    sayChange(change, t),
  ];
}

/** Whether what is typed into the filter occurs in it. */
export function changeHolds(change: SweepChange, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  const plain = wanted.replace(/[:\-.]/g, '');
  if (change.holder?.toLowerCase().includes(wanted)) return true;
  return [change.before, change.after].some(
    (side) =>
      side !== null &&
      ([side.ip, side.name, side.vendor].some((text) => text?.toLowerCase().includes(wanted)) ||
        (plain.length > 3 && (side.mac?.toLowerCase().includes(plain) ?? false))),
  );
}
