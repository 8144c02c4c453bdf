/** The last sweep against the books of an area: it proposes differences, a person says which of them are noted. */
import type { FoundFact } from '../../../../shared/features/discovery.ts';
import { sayFact } from '../../../../shared/features/discovery/say.ts';
import { handoverItems, handovers, type Proposal } from '../../../../shared/features/handover.ts';
import { contains, overlaps, parseCidr, parseIp, type Cidr } from '../../../../shared/ip.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { compare } from '../discovery/compare.ts';
import { lastSweep } from '../discovery/past.ts';
import { hostsOf } from '../discovery/store.ts';
import { deskOf } from '../papers/desk.ts';
import { isBelow, readArea, type Area } from './area.ts';
import { nextPosition } from './checks.ts';
import { begin } from './gate.ts';
import { itemsOf } from './gather.ts';

type Handover = RowOf<typeof handovers>;
interface Live {
  cidrs: string[];
  sweep: { id: string; at: number; cidrs: string[] } | null;
  answered: number;
  proposals: Proposal[];
}

const kindOf: Partial<Record<FoundFact['verdict'], Proposal['kind']>> = {
  silent: 'silent',
  unseen: 'unseen',
  new_mac: 'unknown',
  unbound: 'unknown',
  conflict: 'differs',
  mac_twice: 'differs',
  ip_taken: 'differs',
  moved: 'differs',
  port_moved: 'differs',
};
const netsOf = (written: readonly string[]): Cidr[] => written.flatMap((cidr) => parseCidr(cidr) ?? []);

/** Reads what was stored; asks nothing of the network. */
export function liveOf(engine: Engine, db: ReadDb, handover: Handover): Live {
  const area = readArea(db, handover);
  const cidrs = area.subnets.map(({ cidr }) => cidr);
  const nets = netsOf(cidrs);
  const sweep = lastSweep(db);
  if (!sweep || !netsOf(sweep.cidrs).some((asked) => nets.some((net) => overlaps(net, asked))))
    return { cidrs, sweep: null, answered: 0, proposals: [] };
  const here = (ip: string): boolean => {
    const address = parseIp(ip);
    return address !== null && nets.some((net) => contains(net, address));
  };
  const noted = new Set(itemsOf(db, handover.id).flatMap(({ subject }) => subject ?? []));
  const { t } = deskOf(engine);
  const { findings } = compare(db, sweep, engine.today(), false);
  return {
    cidrs,
    sweep: { id: sweep.id, at: sweep.started_at, cidrs: sweep.cidrs },
    answered: hostsOf(db, sweep.id).filter(({ ip, self }) => !self && here(ip)).length,
    proposals: findings.flatMap((fact): Proposal[] => {
      const kind = kindOf[fact.verdict];
      if (!kind || !concerns(area, handover, fact, here)) return [];
      const subject = fact.holder && kind !== 'unknown' ? `live_${kind}:${fact.holder.id}` : `live_${kind}:${fact.ip}`;
      return [
        {
          subject,
          kind,
          ip: fact.ip,
          label: [fact.ip, fact.holder?.person].filter(Boolean).join(' '),
          detail: sayFact(fact, t).slice(0, 200),
          place: fact.holder?.place ?? '',
          noted: noted.has(subject),
        },
      ];
    }),
  };
}

/** Something registered is of the area in which it is registered; something nobody knows is of all areas that share its network. */
function concerns(area: Area, { location_id }: Handover, fact: FoundFact, here: (ip: string) => boolean): boolean {
  const at = fact.holder?.location_id ?? null;
  return at === null ? here(fact.ip) : isBelow(area.places, at, location_id);
}

/** Notes proposals as differences; what was noted before stays as it is. */
export function propose(engine: Engine, tx: WriteDb, id: string, subjects: readonly string[]): { added: number } {
  const handover = begin(tx, id);
  const { t } = deskOf(engine);
  const wanted = new Set(subjects);
  const found = liveOf(engine, tx, handover).proposals.filter(({ subject, noted }) => wanted.has(subject) && !noted);
  let position = nextPosition(itemsOf(tx, id));
  for (const { subject, kind, label, detail, place } of found) {
    tx.insert(handoverItems, {
      handover_id: id,
      part: 'C',
      position,
      label,
      detail,
      place: place || null,
      book: t(kind === 'unknown' ? 'handover.not_registered' : 'handover.registered'),
      actual: t(`handover.live.${kind}`),
      result: 'mismatch',
      note: detail,
      subject,
      checked_at: Math.trunc(engine.clock.now()),
      checked_by: engine.actor(),
    });
    position += 1;
  }
  return { added: found.length };
}
