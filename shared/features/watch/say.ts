/** What a check says in one line, the same on the screen and in the duty log: `23 台正常，2 台不通：…`. */
import { showMoment } from '../../day.ts';
import type { Translate } from '../../refusal-text.ts';
import type { CheckResult, CheckState } from '../watch.ts';

/** `09:12:05` local: an outage may be shorter than a minute. */
export const clockTime = (ms: number): string =>
  `${showMoment(ms)}${new Date(ms).toISOString().slice(16, 19)}`.slice(11);

/** `核心交换机 10.20.0.2、文件服务器 10.20.0.9 等，另有 3 台`. */
export function nameSome(
  t: Translate,
  of: readonly { readonly name: string; readonly ip: string | null }[],
  most: number,
): string {
  const shown = of.slice(0, most).map(({ name, ip }) => [name, ip].filter(Boolean).join(' '));
  return shown.join(t('watch.and')) + (of.length > most ? t('watch.and_more', { n: of.length - most }) : '');
}

/** `most`: so many are named, of the others their number. */
export function checkSentence(t: Translate, results: readonly CheckResult[], most: number): string {
  const of = (state: CheckState): CheckResult[] => results.filter((each) => each.state === state);
  const parts = [t('watch.say_ok', { n: of('ok').length })];
  const lossy = of('lossy');
  const down = of('down');
  if (lossy.length > 0) parts.push(t('watch.say_lossy', { n: lossy.length, names: nameSome(t, lossy, most) }));
  if (down.length > 0) parts.push(t('watch.say_down', { n: down.length, names: nameSome(t, down, most) }));
  return parts.join(t('watch.comma'));
}
