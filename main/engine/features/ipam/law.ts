/** The law of giving out addresses, as one account for the command that refuses and the form that is warned. */
import {
  freeAddresses,
  isOpenTo,
  judge,
  runsOf,
  type Judgement,
  type Run,
} from '../../../../shared/features/ipam/plan.ts';
import { dayOf } from '../../../../shared/day.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { showMac } from '../../../../shared/mac.ts';
import { refuse, type Refusal } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath } from '../../titles.ts';
import { foreignLease, ownRuns } from './leased.ts';
import { occupantsOf, planOf, type Standing, type Subnet } from './plan.ts';
import { standingsNow } from './running.ts';

/** `王芳（语文组）`: a holder as refusals name them, told apart from namesakes by department or room. */
export function holderText(db: ReadDb, personId: string | null): string {
  const person = db.get<{ name: string; department: string | null; location_id: string | null }>(
    'SELECT name, department, location_id FROM people WHERE id = ?',
    personId,
  );
  if (!person) return '—';
  const more = person.department ?? (person.location_id ? locationPath(db, person.location_id) : null);
  return more ? `${person.name}（${more}）` : person.name;
}

/** Who wants an address, for what. `self`: the binding that is being changed. */
export interface Wish {
  readonly person_id: string | null;
  readonly mac: string | null;
  readonly asset_id: string | null;
  readonly self: string | null;
}
export interface Answer {
  readonly refused: Refusal | null;
  readonly asks: Extract<Judgement, { is: 'asks' }>['why'] | null;
  readonly lowest: string | null;
}

/** What the law says to one address of a subnet. */
export function answerIp(db: ReadDb, subnet: Subnet, ip: string, wish: Wish, today: string): Answer {
  const plan = planOf(db, subnet);
  const standings = standingsNow(db, subnet, today);
  const occupants = occupantsOf(standings, wish.self);
  const address = parseIp(ip) ?? -1;
  const device = standings.find((each) => each.kind === 'device' && each.address === address && isOwn(each, wish));
  if (device && occupants.get(address)?.is === 'device') occupants.delete(address);
  const judgement = judge(
    plan,
    occupants,
    address,
    wish.person_id,
    ownRuns(db, subnet.id, today),
    departmentOf(db, wish.person_id),
  );
  switch (judgement.is) {
    case 'fine':
      return { refused: null, asks: null, lowest: null };
    case 'asks':
      // The device has carried this address all along: the register follows what is so.
      if (device) return { refused: null, asks: null, lowest: null };
      return {
        refused: null,
        asks: judgement.why,
        lowest: judgement.lowest === null ? null : showIp(judgement.lowest),
      };
    case 'refused':
      return { refused: refusalFor(db, judgement.code, subnet, { ip, standings, today }), asks: null, lowest: null };
  }
}

/** The device being bound: chosen by hand, or with this card, or with no card on record yet. */
const isOwn = (device: Standing, wish: Wish): boolean =>
  device.id === wish.asset_id || (wish.mac !== null && (device.mac === null || device.mac === wish.mac));

function refusalFor(
  db: ReadDb,
  code: Extract<Judgement, { is: 'refused' }>['code'],
  subnet: Subnet,
  { ip, standings, today }: { ip: string; standings: readonly Standing[]; today: string },
): Refusal {
  const address = parseIp(ip);
  const standing = standings.find((each) => each.address === address);
  switch (code) {
    case 'ip_in_use':
      return heldRefusal(db, 'ip_in_use', standing?.id ?? '');
    case 'ip_cooling':
      return refuse('ip_cooling', {
        ip,
        holder: holderText(db, standing?.person_id ?? null),
        until: standing?.free_on ?? '',
      });
    case 'ip_leased': {
      const lease = foreignLease(db, subnet.id, address ?? -1, today);
      return refuse(code, {
        ip,
        holder: lease?.technician ?? '',
        machine: lease?.machine ?? '',
        until: dayOf(lease?.expires_at ?? 0),
      });
    }
    case 'ip_of_device':
      return refuse('ip_of_device', { ip, asset: assetText(db, standing?.id ?? '') });
    default:
      return refuse(code, { ip, cidr: subnet.cidr });
  }
}

const assetText = (db: ReadDb, id: string): string => {
  const asset = db.get<{ tag: string | null; name: string }>('SELECT tag, name FROM assets WHERE id = ?', id);
  return [asset?.tag, asset?.name].filter(Boolean).join(' ');
};

function heldRefusal(db: ReadDb, code: 'ip_in_use' | 'mac_in_use', bindingId: string): Refusal {
  const held = db.get<{ ip: string; mac: string | null; person_id: string; opened_on: string }>(
    'SELECT ip, mac, person_id, opened_on FROM bindings WHERE id = ?',
    bindingId,
  );
  const holder = holderText(db, held?.person_id ?? null);
  const params = { ip: held?.ip ?? '', holder, since: held?.opened_on ?? '', binding: bindingId };
  return code === 'ip_in_use' ? refuse(code, params) : refuse(code, { ...params, mac: showMac(held?.mac ?? '') });
}

/** An address held anywhere in the register, whichever subnet it was filed under. */
export function ipHeld(db: ReadDb, ip: string, self: string | null): Refusal | null {
  const held = db.get<{ id: string }>(
    "SELECT id FROM bindings WHERE ip = ? AND state <> 'released' AND deleted_at IS NULL AND id IS NOT ?",
    ip,
    self,
  );
  return held ? heldRefusal(db, 'ip_in_use', held.id) : null;
}

/** A card is bound once; and a card known as one asset's is not bound for another. */
export function answerMac(
  db: ReadDb,
  mac: string,
  wish: Pick<Wish, 'asset_id' | 'self'>,
): { refused: Refusal | null; asset_id: string | null } {
  const held = db.get<{ id: string }>(
    "SELECT id FROM bindings WHERE mac = ? AND state <> 'released' AND shared_ok IS NOT TRUE AND deleted_at IS NULL AND id IS NOT ?",
    mac,
    wish.self,
  );
  const owners = db.all<{ id: string }>(
    "SELECT id FROM assets WHERE mac = ? AND deleted_at IS NULL AND status <> 'scrapped'",
    mac,
  );
  const owner = owners.find(({ id }) => id === wish.asset_id) ?? owners[0];
  if (held) return { refused: heldRefusal(db, 'mac_in_use', held.id), asset_id: owner?.id ?? null };
  if (owner && wish.asset_id !== null && owner.id !== wish.asset_id)
    return {
      refused: refuse('mac_of_device', { mac: showMac(mac), asset: assetText(db, owner.id) }),
      asset_id: owner.id,
    };
  return { refused: null, asset_id: owner?.id ?? null };
}

/** No address without a registered, present person; with `today`, one whose term is not over. */
export function checkPerson(db: ReadDb, id: string, today = ''): void {
  const person = db.get<{ name: string; status: string; valid_until: string | null }>(
    'SELECT name, status, valid_until FROM people WHERE id = ? AND deleted_at IS NULL',
    id,
  );
  if (!person) throw refuse('person_not_registered');
  if (person.status !== 'active') throw refuse('person_left', { name: person.name });
  if (person.valid_until !== null && person.valid_until < today)
    throw refuse('person_over', { name: person.name, day: person.valid_until });
}

export const departmentOf = (db: ReadDb, personId: string | null | undefined): string | null =>
  db.value<string | null>('SELECT department FROM people WHERE id = ?', personId ?? null) ?? null;

/**
 * The next address a subnet gives out, and how many more there are; refuses when none is left. A person whose department has a range of its own
 * gets one of that first.
 */
export function nextIp(
  db: ReadDb,
  subnet: Subnet,
  today: string,
  rangeId?: string,
  personId?: string | null,
): { ip: string; free: number } {
  const standings = standingsNow(db, subnet, today);
  const occupants = occupantsOf(standings);
  const plan = planOf(db, subnet);
  const freeIn = (runs: readonly Run[]): number[] => [...freeAddresses(plan, (each) => occupants.has(each), runs)];
  // What this laptop took along is given out first.
  const department = departmentOf(db, personId);
  const own =
    rangeId === undefined
      ? freeIn(ownRuns(db, subnet.id, today)).filter((each) => isOpenTo(plan, each, department))
      : [];
  const [lowest, ...others] =
    own.length > 0 ? own : freeIn(rangeId === undefined ? runsOf(plan, department) : [rangeRun(db, subnet, rangeId)]);
  if (lowest === undefined)
    throw refuse('subnet_full', {
      cidr: subnet.cidr,
      cooling: standings.filter(({ kind }) => kind === 'cooling').length,
    });
  return { ip: showIp(lowest), free: others.length + 1 };
}

function rangeRun(db: ReadDb, subnet: Subnet, rangeId: string): readonly [number, number] {
  const range = db.get<{ first_ip: string; last_ip: string }>(
    "SELECT first_ip, last_ip FROM address_ranges WHERE id = ? AND subnet_id = ? AND kind = 'allocate' AND deleted_at IS NULL",
    rangeId,
    subnet.id,
  );
  if (!range) throw refuse('not_found');
  return [parseIp(range.first_ip) ?? 0, parseIp(range.last_ip) ?? 0];
}
