/** The columns of the host list: what each shows, how it is sorted and what is copied of it. */
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { deviceKinds } from '../../../shared/features/discovery/identity.ts';
import { verdicts } from '../../../shared/features/discovery/verdicts.ts';
import { showMac } from '../../../shared/mac.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import type { Text } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { CELL_PADDING, SORT_ARROW, STATE_TRIM, textWidth, type FullColumn } from '../../ui/table/columns.tsx';
import { NONE } from '../../ui/text.tsx';
import { sayFact, toneOf, verdictKey, type Entry } from './entries.ts';
import { KindMark } from './kind-mark.tsx';
import { makerName } from './maker.ts';
import { nameOf, rttText } from './words.ts';

/** The sign before the kind of device, with the space after it; the longest words of some languages give way to other columns. */
const SIGN = 20;
const KIND_MOST = 124;

export interface HostColumn extends FullColumn<Entry> {
  /** What it is sorted by; null stands last. */
  readonly by: (entry: Entry) => string | number | null;
}
interface Given {
  readonly field: string;
  readonly title: MessageKey;
  readonly width: number;
  readonly kind?: 'ip' | 'mac' | 'int';
  readonly hidden?: boolean;
  readonly text: (entry: Entry) => string;
  readonly by?: HostColumn['by'];
  readonly show?: (entry: Entry) => ReactNode;
}

/** `seenAt`: when the sweep was, which is when everybody in it was seen. */
export function hostColumns(t: Text, seenAt: number | null): readonly HostColumn[] {
  const column = ({ kind, text, by, show, title, width, ...rest }: Given): HostColumn => ({
    ...rest,
    label: t(title),
    width: Math.ceil(Math.max(width, textWidth(t(title), 13) + CELL_PADDING + SORT_ARROW)),
    kind: kind ?? 'custom',
    declared: null,
    sortable: true,
    text: (entry) => text(entry),
    by: by ?? ((entry) => text(entry) || null),
    show: show ?? ((entry) => text(entry) || NONE),
  });
  const vendor = ({ host }: Entry): string =>
    host?.self
      ? t('discovery.self')
      : host?.vendor
        ? makerName(host.vendor, t)
        : host?.random
          ? t('discovery.random')
          : '';
  const kinds = deviceKinds.map((kind) => textWidth(t(`discovery.kind.${kind}`), 14));
  const seen = ({ host, fact }: Entry): number | null => (host ? seenAt : (fact?.last_seen_at ?? null));
  // on a screen of 1366 pixels all but the last of these stand beside the map
  return [
    column({
      field: 'verdict',
      title: 'discovery.verdict',
      width: Math.max(...verdicts.map((verdict) => textWidth(t(verdictKey(verdict)), 12))) + CELL_PADDING + STATE_TRIM,
      text: ({ verdict }) => t(verdictKey(verdict)),
      by: ({ verdict }) => verdicts.indexOf(verdict),
      show: ({ verdict }) => <State tone={toneOf[verdict]}>{t(verdictKey(verdict))}</State>,
    }),
    column({
      field: 'ip',
      title: 'discovery.ip',
      kind: 'ip',
      width: 108,
      text: ({ ip }) => ip,
      by: ({ at }) => at,
      show: ({ ip }) => (
        <a href={to('hosts', ip)} tabIndex={-1}>
          {ip}
        </a>
      ),
    }),
    column({
      field: 'rtt',
      title: 'discovery.rtt',
      kind: 'int',
      width: 76,
      text: ({ host }) => (typeof host?.rtt_ms === 'number' ? rttText(host.rtt_ms, t) : ''),
      by: ({ host }) => host?.rtt_ms ?? null,
    }),
    column({
      field: 'kind',
      title: 'discovery.kind',
      width: Math.min(KIND_MOST, Math.max(...kinds) + CELL_PADDING + SIGN),
      text: ({ host }) => (host?.kind ? t(`discovery.kind.${host.kind}`) : ''),
      show: ({ host }) => (host?.kind ? <KindMark kind={host.kind} /> : NONE),
    }),
    column({
      field: 'name',
      title: 'discovery.name',
      width: 120,
      text: ({ host }) => nameOf(host)?.name ?? '',
      show: ({ host }) => {
        const told = nameOf(host);
        if (!told) return NONE;
        return (
          <>
            {told.name}
            {told.source ? <span className="cell-sub"> {t(`hosts.name.${told.source}`)}</span> : null}
          </>
        );
      },
    }),
    column({ field: 'vendor', title: 'discovery.vendor', width: 104, text: vendor }),
    column({ field: 'mac', title: 'discovery.mac', kind: 'mac', width: 142, text: ({ mac }) => showMac(mac ?? '') }),
    column({
      field: 'loss',
      title: 'discovery.loss',
      kind: 'int',
      width: 72,
      hidden: true,
      text: ({ host }) => (typeof host?.loss_percent === 'number' ? `${host.loss_percent}%` : ''),
      by: ({ host }) => host?.loss_percent ?? null,
    }),
    column({
      field: 'registered',
      title: 'discovery.registered',
      width: 152,
      text: ({ fact }) => (fact ? sayFact(fact, t) : ''),
    }),
    column({
      field: 'ports',
      title: 'discovery.ports',
      width: 84,
      text: ({ host }) => host?.ports.join(' ') ?? '',
      by: ({ host }) => host?.ports.length || null,
    }),
    column({
      field: 'page',
      title: 'discovery.page_title',
      width: 140,
      hidden: true,
      text: ({ host }) => host?.title ?? '',
    }),
    column({
      field: 'proof',
      title: 'discovery.proof',
      width: 120,
      hidden: true,
      text: ({ host }) => (host ? t(`discovery.proof.${host.proof}`) : ''),
    }),
    column({
      field: 'seen',
      title: 'discovery.seen',
      width: 136,
      hidden: true,
      text: (entry) => {
        const at = seen(entry);
        return at === null ? '' : showMoment(at);
      },
      by: seen,
    }),
  ];
}

const words = new Intl.Collator('zh-Hans-CN', { numeric: true });
/** By one column; addresses that have nothing there stand last either way. */
export function sortedBy(
  entries: readonly Entry[],
  column: HostColumn | undefined,
  dir: 'asc' | 'desc',
): readonly Entry[] {
  if (!column) return entries;
  const turn = dir === 'asc' ? 1 : -1;
  return entries
    .map((entry) => ({ entry, by: column.by(entry) }))
    .toSorted((a, b) => {
      if (a.by === null || b.by === null) return a.by === b.by ? 0 : a.by === null ? 1 : -1;
      if (typeof a.by === 'number' && typeof b.by === 'number') return (a.by - b.by) * turn;
      return words.compare(String(a.by), String(b.by)) * turn;
    })
    .map(({ entry }) => entry);
}
