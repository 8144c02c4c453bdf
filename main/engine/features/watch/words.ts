/** What the morning check and the watch write into the duty log, in the notebook's language, with the figures behind it. */
import { showPercent } from '../../../../shared/features/watch/latency.ts';
import { checkSentence, clockTime } from '../../../../shared/features/watch/say.ts';
import type { Outage, WatchDay } from '../../../../shared/features/watch.ts';
import type { DutyEvidence } from '../../../../shared/features/duty.ts';
import { showMoment } from '../../../../shared/day.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { Device } from './devices.ts';
import type { StoredCheck } from './store.ts';

/** So many are named; of the others their number. A log that nobody reads to the end helps nobody. */
const NAMED = 12;
/** A quarter of an hour a day; below it nobody asks. */
const WORTH_TELLING = 0.99;

export function checkText(t: Translate, check: StoredCheck): string {
  const sentence = checkSentence(t, check.results, NAMED);
  const missing = check.total - check.results.length;
  return t('watch.log_check', { sentence }) + (missing > 0 ? t('watch.log_incomplete', { n: missing }) : '');
}

export function evidenceOf({ results }: StoredCheck): DutyEvidence {
  const share = (kind: 'core' | 'gateway'): { total: number; failed: number } => {
    const of = results.filter((each) => each.kind === kind);
    return { total: of.length, failed: of.filter(({ state }) => state === 'down').length };
  };
  const measured = results.flatMap(({ state, loss_percent }) =>
    state === 'down' || loss_percent === null ? [] : [loss_percent],
  );
  return {
    total: results.length,
    failed: results.filter(({ state }) => state === 'down').map(({ name, ip, kind }) => ({ name, ip, kind })),
    loss_percent:
      measured.length === 0
        ? null
        : Math.round((10 * measured.reduce((sum, each) => sum + each, 0)) / measured.length) / 10,
    core: share('core'),
    gateways: share('gateway'),
  };
}

/** The last 24 hours: how many were watched, who was away and when, whose availability that left. */
export function watchText(
  t: Translate,
  devices: readonly Device[],
  days: readonly WatchDay[],
  outages: readonly Outage[],
): string {
  const watched = days.filter(({ seen }) => seen > 0);
  const of = (id: string | null): Device | undefined => devices.find((each) => each.id === id);
  const lines = [t('watch.log_watch', { n: watched.length, outages: outages.length })];
  for (const { device_id, name, ip, began_at, ended_at, ending } of outages.slice(0, NAMED)) {
    const who = device_id === null ? t('watch.own_network') : `${of(device_id)?.name ?? name} ${ip ?? ''}`.trim();
    const from = `${showMoment(began_at).slice(5, 10)} ${clockTime(began_at)}`;
    if (ended_at === null) lines.push(t('watch.log_still', { who, from }));
    else if (ending === 'unknown') lines.push(t('watch.log_unknown', { who, from, to: clockTime(ended_at) }));
    else lines.push(t('watch.log_outage', { who, from, to: clockTime(ended_at) }));
  }
  if (outages.length > NAMED) lines.push(t('watch.log_more', { n: outages.length - NAMED }));
  const worse = watched
    .filter(({ up, seen }) => up / seen < WORTH_TELLING)
    .toSorted((a, b) => a.up / a.seen - b.up / b.seen);
  if (worse.length > 0)
    lines.push(
      t('watch.log_availability', {
        list: worse
          .slice(0, NAMED)
          .map(({ id, up, seen }) => `${of(id)?.name ?? ''} ${showPercent((100 * up) / seen)}`)
          .join(t('watch.and')),
      }),
    );
  return lines.join('\n');
}
