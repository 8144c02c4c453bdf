/** What can be done about a finding, most likely first, and the key that does it. */
import { acceptActions, type AcceptAction } from '../../../shared/features/discovery/findings.ts';
import type { FoundFact } from '../../../shared/features/discovery.ts';
import { hostnameOf } from '../../../shared/features/discovery/identity.ts';
import type { Verdict } from '../../../shared/features/discovery/verdicts.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import type { Entry } from './entries.ts';

export type Act = AcceptAction | 'holder' | 'notice' | 'readdress' | 'clash';

const offers: Record<Verdict, readonly Act[]> = {
  conflict: ['clash', 'ticket', 'readdress', 'holder', 'ignore'],
  mac_twice: ['ticket', 'holder', 'ignore'],
  ip_taken: ['clash', 'ticket', 'card', 'readdress', 'holder', 'ignore'],
  moved: ['ticket', 'move', 'holder', 'ignore'],
  port_moved: ['port', 'ticket', 'holder', 'ignore'],
  new_mac: ['bind', 'register', 'ticket', 'ignore'],
  unbound: ['bind', 'ticket', 'ignore'],
  misnamed: ['ticket', 'hostname', 'holder', 'ignore'],
  silent: ['ticket', 'holder', 'ignore'],
  unseen: [],
  proxied: [],
  dynamic: [],
  known: [],
};
export const actKey = (act: Act): MessageKey => `discovery.action.${act}`;
export const keyFor: Readonly<Record<Act, string>> = {
  bind: 'B',
  register: 'R',
  ticket: 'T',
  card: 'C',
  move: 'M',
  port: 'P',
  hostname: 'N',
  ignore: 'I',
  holder: 'V',
  notice: 'I',
  readdress: 'A',
  clash: 'K',
};

function fits(act: Act, fact: FoundFact): boolean {
  switch (act) {
    case 'holder':
      return Boolean(fact.holder ?? fact.other_holder);
    case 'readdress':
      return fact.holder !== null && fact.holder.state !== 'reserved';
    case 'register':
      return fact.asset === null;
    case 'bind':
      return fact.holder === null || fact.holder.state === 'reserved';
    // A second one for the same thing helps nobody; the open one stands beside the buttons.
    case 'ticket':
      return fact.ticket === null;
    case 'hostname':
      return fact.holder !== null && ![null, fact.holder.hostname].includes(hostnameOf(fact.host));
    default:
      return true;
  }
}
/** Of an address with several things wrong, what settles any of them. */
export function offersOf({ verdict, fact }: Entry): readonly Act[] {
  if (!fact) return [];
  if (fact.ignored) return ['notice'];
  const all = [verdict, ...fact.also.map((each) => each.verdict)].flatMap((each) => offers[each]);
  return [...new Set(all)].filter((act) => fits(act, fact)).toSorted((a, b) => late(a) - late(b));
}
/** To put it aside and to look are never the first thing offered. */
const late = (act: Act): number => (act === 'ignore' ? 2 : act === 'holder' ? 1 : 0);

/** What a press on Enter does; with a ticket open there is nothing to do by habit. */
export function mainOf(entry: Entry): Act | null {
  if (entry.fact?.ticket && offers[entry.verdict][0] === 'ticket' && !entry.fact.ignored) return null;
  return offersOf(entry)[0] ?? null;
}
/** What can be done to all of these at once: offered for at least one of them. */
export const groupActs = (entries: readonly Entry[]): readonly AcceptAction[] => {
  const some = new Set(entries.flatMap(offersOf));
  return acceptActions.filter((act) => some.has(act));
};
