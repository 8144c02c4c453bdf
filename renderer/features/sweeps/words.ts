/** What a change between two sweeps is called, in the technician's words. */
import type {
  ChangeKind,
  ComparedField,
  StoredSweepSummary,
  SweepChange,
} from '../../../shared/features/discovery/history.ts';
import { showMac } from '../../../shared/mac.ts';
import type { Text } from '../../i18n.ts';
import type { Tone } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';

export const toneOfChange: Record<ChangeKind, Tone> = {
  moved: 'warn',
  changed: 'await',
  appeared: 'work',
  gone: 'off',
};

export function scopeText({ cidrs, label }: StoredSweepSummary, t: Text): string {
  const [first] = cidrs;
  if (first === undefined) return label ?? NONE;
  return cidrs.length === 1 ? first : t('sweeps.scope_more', { first, count: cidrs.length });
}

type Side = SweepChange['before'];
function valueOf(side: Side, field: ComparedField, t: Text): string {
  if (!side) return NONE;
  switch (field) {
    case 'mac':
      return side.mac === null ? NONE : showMac(side.mac);
    case 'kind':
      return side.kind === null ? NONE : t(`discovery.kind.${side.kind}`);
    case 'ports':
      return side.ports.join(' ') || NONE;
    case 'proof':
      return t(side.proof === 'cache' ? 'sweeps.remembered' : 'sweeps.answered');
    case 'name':
    case 'vendor':
      return side[field] ?? NONE;
  }
}

/** `新开端口 3389`: which of them, not both whole lists. */
function portsText({ before, after }: SweepChange, t: Text): string[] {
  const [old, now] = [before?.ports ?? [], after?.ports ?? []];
  const opened = now.filter((port) => !old.includes(port)).join(' ');
  const closed = old.filter((port) => !now.includes(port)).join(' ');
  return [
    ...(opened ? [t('sweeps.ports_opened', { ports: opened })] : []),
    ...(closed ? [t('sweeps.ports_closed', { ports: closed })] : []),
  ];
}

/** Everything that changed, in one line. */
export function sayChange(change: SweepChange, t: Text): string {
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
export const sideOf = ({ before, after }: SweepChange): NonNullable<Side> | null => after ?? before;
