/** From what somebody types (a MAC, an address, a name) to network cards, and from each card to its port. */
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import type { Whereabouts } from '../../../../shared/features/switches.ts';
import { answerOf, type PortCandidate } from '../../../../shared/features/switches/candidate.ts';
import { samePort } from '../../../../shared/port-name.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { parseMac } from '../../../../shared/mac.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { readRow } from '../../read-row.ts';
import { findRows } from '../../search.ts';
import { refText, titleOf } from '../../titles.ts';
import { assetWithMac, registeredSwitches } from '../assets.ts';
import { cardsSeenAt } from '../discovery/answered.ts';
import { isOtherSwitch } from '../discovery/witness.ts';
import { bindingsAbout } from '../ipam/about.ts';
import { whichPort } from './evidence.ts';

/** More cards than fit one screen help nobody: the text is to be made longer. */
const MOST = 12;

interface Card {
  readonly mac: string;
  readonly from: Whereabouts['from'];
  readonly ip: string | null;
}

function cardsAt(db: ReadDb, ip: string): Card[] {
  const bound = bindingsAbout(db, { ip }).flatMap(({ mac, state }) => (mac && state !== 'released' ? [mac] : []));
  const told = db
    .all<{ mac: string }>(
      'SELECT a.mac FROM _device_arp a JOIN _device_reads r ON r.id = a.read_id WHERE a.ip = ? GROUP BY a.mac ORDER BY max(r.read_at) DESC LIMIT 3',
      ip,
    )
    .map(({ mac }) => mac);
  return [
    ...told.map((mac): Card => ({ mac, from: 'arp', ip })),
    ...cardsSeenAt(db, ip).map((mac): Card => ({ mac, from: 'sweep', ip })),
    ...bound.map((mac): Card => ({ mac, from: 'register', ip })),
  ];
}
function cardsNamed(db: ReadDb, text: string): Card[] {
  return findRows(db, text, ['bindings', 'assets']).flatMap(({ table, id }): Card[] => {
    const row = table === 'assets' ? readRow(db, assets, id) : readRow(db, bindings, id);
    if ('state' in row && row.state === 'released') return [];
    if (row.mac) return [{ mac: row.mac, from: 'register', ip: row.ip }];
    return row.ip ? cardsAt(db, row.ip) : [];
  });
}

/** The answer against what the binding says: the switch by its registered name, if it has one. */
function beside(
  db: ReadDb,
  answer: PortCandidate | null,
  binding: Pick<NonNullable<Whereabouts['binding']>, 'switch_name' | 'switch_port'> | undefined,
): Pick<Whereabouts, 'place' | 'agrees'> {
  if (answer?.kind !== 'edge' || !binding) return { place: null, agrees: null };
  const known = registeredSwitches(db);
  const asset = known.find(({ ip }) => ip === answer.device_ip);
  const { switch_name, switch_port } = binding;
  return {
    place: { switch_name: asset?.name ?? answer.device, switch_port: answer.port },
    agrees: switch_port ? samePort(switch_port, answer.port) && !isOtherSwitch(switch_name, answer, known) : null,
  };
}

/** Refuses what names no card at all. */
export function findCards(db: ReadDb, text: string): Whereabouts[] {
  const mac = parseMac(text);
  const address = parseIp(text);
  const cards: Card[] =
    mac !== null
      ? [{ mac, from: 'typed', ip: null }]
      : address !== null
        ? cardsAt(db, showIp(address))
        : cardsNamed(db, text);
  if (cards.length === 0) throw refuse(address === null ? 'port_nobody' : 'port_no_card', { text });
  const distinct = [...new Map(cards.toReversed().map((card) => [card.mac, card])).values()].toReversed();
  return distinct.slice(0, MOST).map((card) => {
    const binding = bindingsAbout(db, { mac: card.mac }).find(({ state }) => state !== 'released');
    const asset = assetWithMac(db, card.mac);
    const candidates = whichPort(db, card.mac);
    const title = asset === null ? null : titleOf(db, 'assets', asset);
    return {
      ...card,
      ip: card.ip ?? binding?.ip ?? null,
      binding: binding
        ? {
            id: binding.id,
            ip: binding.ip,
            person: refText(db, 'people', binding.person_id),
            switch_name: binding.switch_name,
            switch_port: binding.switch_port,
          }
        : null,
      asset: asset !== null && title ? { id: asset, title: title.title } : null,
      candidates,
      ...beside(db, answerOf(candidates), binding),
    };
  });
}
