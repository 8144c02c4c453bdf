/** The quarantine at the hub's console: what waits, one line each, and the operator's decisions. */
import type { Client } from './db.ts';
import { acceptQuarantined, discardQuarantined, listQuarantine, type Quarantined, type Which } from './quarantine.ts';

/** As many as fit on a screen and its scrollback; a laptop's are decided together by its machine code. */
const LINES = 200;

const reasons: Record<Quarantined['reason'], string> = {
  revoked: 'access was ended',
  unknown_author: 'signed by a laptop that is not known here',
  unsigned: 'not signed, and not brought by its author',
  unproved: 'brought by another without proof that it was lost',
  unfit: 'does not follow on what is here',
};
const states: Record<Quarantined['state'], string> = {
  waiting: 'waiting',
  decided: 'decided, waits for earlier ones of the same laptop',
  there: 'in the store',
  discarded: 'discarded',
  clash: 'waiting, its number was given to another and it would get a new one',
};

const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
const lineOf = (one: Quarantined): string =>
  [
    `#${one.number}`,
    one.machine ?? 'unknown laptop',
    one.actor,
    one.command,
    `${one.bodies.length} ${one.bodies.length === 1 ? 'row' : 'rows'}`,
    `made about ${minute(one.est_at)}`,
    reasons[one.reason],
    ...(one.offered_by === null ? [] : [`brought by ${one.offered_by}`]),
    states[one.state],
  ].join('  ');

export async function printQuarantine(client: Client): Promise<void> {
  const { items, total } = await listQuarantine(client, { limit: LINES });
  if (total === 0) return console.log('Nothing waits.');
  console.log(items.map(lineOf).join('\n'));
  if (total > items.length) console.log(`… and ${total - items.length} more.`);
  console.log(
    'Take them in: npm run hub -- quarantine accept NUMBER (or MACHINE for all of a laptop). Refuse them: quarantine discard NUMBER or MACHINE; they stay on record.',
  );
}

/** `accept 12`, `discard L03`. */
export async function decideQuarantine(client: Client, typed: string, now: number): Promise<void> {
  const [verb = '', what = ''] = typed.split(' ');
  const number = /^#?(\d{1,15})$/.exec(what)?.[1];
  const which: Which = number === undefined ? { machine: what } : { number: Number(number) };
  const decide = verb === 'accept' ? acceptQuarantined : discardQuarantined;
  const { decided, settled } = await decide(client, which, 'console', now);
  if (decided === 0) throw new Error(`Nothing that waits is "${what}". The list: npm run hub -- quarantine`);
  const waits = decided > settled ? ` ${decided - settled} wait for earlier ones of the same laptop.` : '';
  console.log(
    `${verb === 'accept' ? 'Accepted' : 'Discarded'}: ${decided}. On record in the store: ${settled}.${waits}`,
  );
}
