/** Takes numbers along before going where the store cannot be reached, and gives them out in order. */
import { freeAddresses } from '../../../shared/features/ipam/plan.ts';
import { LEASE_DAYS, LEASE_TAGS, leases, type LeaseSlice } from '../../../shared/features/leases.ts';
import { DAY_MS } from '../../../shared/day.ts';
import { hostRange, showIp } from '../../../shared/ip.ts';
import { refuse } from '../../../shared/refusal.ts';
import { roomFor, sliceOf } from '../../../shared/sync/leases.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { os } from '../rpc.ts';
import { readState } from '../sync/state.ts';
import { leasesOf, machineOf, type Lease } from './ipam/leased.ts';
import { cidrOf, needSubnet, occupantsOf, planOf, standingsOf } from './ipam/plan.ts';

/** The number of a serial, and what stands before it: `XX-2026-0031` is 31 of `XX-2026-`, four digits wide. */
const SERIAL = /^(.*?)(\d{1,12})$/;
const digitsOf = (tag: string): { prefix: string; serial: number; width: number } | null => {
  const [, prefix = '', digits = ''] = SERIAL.exec(tag) ?? [];
  return digits === '' ? null : { prefix, serial: Number(digits), width: digits.length };
};

function draftOf(engine: Engine, kind: 'ip' | 'tag', pool: string, first: number, last: number, days: number) {
  const { setup } = engine;
  if (!setup) throw refuse('not_set_up');
  return {
    kind,
    pool,
    first,
    last,
    days,
    machine: setup.machine,
    technician: setup.technician,
    expires_at: Math.trunc(engine.clock.now()) + days * DAY_MS,
  };
}

/** Free addresses in order, with no other slice between: a slice may step over addresses that are taken. */
function freeSlice(engine: Engine, subnetId: string, count: number): { first: number; last: number; cidr: string } {
  const { db } = engine;
  const subnet = needSubnet(db, subnetId);
  const today = engine.today();
  const out = leasesOf(db, subnetId, today);
  if (out.some(({ machine }) => machine === machineOf(db))) throw refuse('lease_out', { cidr: subnet.cidr });
  const occupants = occupantsOf(standingsOf(db, subnet, today));
  const free = [...freeAddresses(planOf(db, subnet), (each) => occupants.has(each))];
  for (let from = 0; from < free.length; from += 1) {
    const first = free[from] as number;
    const last = free[Math.min(from + count, free.length) - 1] as number;
    const room = roomFor({ first, last }, out.map(sliceOf), hostRange(cidrOf(subnet))[1]);
    if (room?.first === first) return { first, last, cidr: subnet.cidr };
  }
  throw refuse('subnet_full', { cidr: subnet.cidr, cooling: 0 });
}

function shown(db: ReadDb, subnetId: string, today: string): LeaseSlice[] {
  const subnet = needSubnet(db, subnetId);
  const machine = machineOf(db);
  const held = occupantsOf(standingsOf(db, subnet, today).filter(({ kind }) => kind !== 'leased'));
  const plan = planOf(db, subnet);
  return leasesOf(db, subnetId, today).map((lease) => ({
    id: lease.id,
    first: showIp(lease.first),
    last: showIp(lease.last),
    free: [...freeAddresses(plan, (each) => held.has(each), [[lease.first, lease.last]])].length,
    machine: lease.machine,
    technician: lease.technician,
    own: lease.machine === machine,
    confirmed: lease.rv !== null,
    expires_at: lease.expires_at,
  }));
}

/** The highest serial of a series that the register knows, also of removed assets: a tag is never given out twice. */
const highest = (db: ReadDb, prefix: string, width: number): number =>
  db.value<number>(
    `SELECT max(CAST(substr(tag, ?) AS INTEGER)) FROM assets WHERE tag >= ? AND tag < ? AND length(tag) = ? AND substr(tag, ?) NOT GLOB '*[^0-9]*'`,
    prefix.length + 1,
    prefix,
    `${prefix}:`,
    prefix.length + width,
    prefix.length + 1,
  ) ?? 0;

const taken = (db: ReadDb, tag: string): boolean =>
  db.value('SELECT 1 FROM assets WHERE tag = ? COLLATE NOCASE', tag) !== undefined;

/** The next tag: of this laptop's own block, or where it has none the next by what is known here. */
function nextTag(engine: Engine, like: string | undefined): { tag: string } | null {
  const { db } = engine;
  const model =
    like ||
    (db.value<string>(
      "SELECT tag FROM assets WHERE tag GLOB '*[0-9]' AND deleted_at IS NULL ORDER BY id DESC LIMIT 1",
    ) ??
      '');
  const series = digitsOf(model);
  if (!series) return null;
  const { prefix, width } = series;
  const out = leasesOf(db, prefix, engine.today());
  const own = out.filter(({ machine, rv }) => machine === machineOf(db) && rv !== null);
  const write = (serial: number): string => prefix + String(serial).padStart(width, '0');
  const free = serialsOf(own).find((serial) => !taken(db, write(serial)));
  if (readState(db) !== null) refill(engine, prefix, width, out);
  if (free !== undefined) return { tag: write(free) };
  const others = out.map(sliceOf);
  let serial = highest(db, prefix, width) + 1;
  while (taken(db, write(serial)) || others.some(({ first, last }) => serial >= first && serial <= last)) serial += 1;
  return { tag: write(serial) };
}

const serialsOf = (blocks: readonly Lease[]): number[] =>
  blocks.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

/** Asks for the next block in time, so that it is there before it is needed away from the store. */
function refill(engine: Engine, prefix: string, width: number, out: readonly Lease[]): void {
  const { db } = engine;
  const machine = machineOf(db);
  const own = out.filter((lease) => lease.machine === machine);
  const known = highest(db, prefix, width);
  const left = own.reduce(
    (sum, { first, last }) => sum + Math.max(0, last - Math.max(first - 1, Math.min(known, last))),
    0,
  );
  if (left >= LEASE_TAGS / 4) return;
  const room = roomFor({ first: known + 1, last: known + LEASE_TAGS }, out.map(sliceOf), Number.MAX_SAFE_INTEGER);
  if (!room) return;
  engine.commit('leases.refill', (tx) =>
    tx.insert(leases, draftOf(engine, 'tag', prefix, room.first, room.last, LEASE_DAYS * 2)),
  );
}

export const leasesRouter = os.leases.router({
  ofSubnet: os.leases.ofSubnet.handler(({ input, context: { engine } }) =>
    shown(engine.db, input.subnet_id, engine.today()),
  ),
  take: os.leases.take.handler(({ input, context: { engine } }) => {
    if (readState(engine.db) === null) throw refuse('lease_alone');
    const { first, last } = freeSlice(engine, input.subnet_id, input.count);
    const { result, batch } = engine.commit('leases.take', (tx) =>
      tx.insert(leases, draftOf(engine, 'ip', input.subnet_id, first, last, input.days)),
    );
    return { id: result.id, first: showIp(first), last: showIp(last), batch };
  }),
  giveBack: os.leases.giveBack.handler(({ input, context: { engine } }) => {
    const { batch } = engine.commit('leases.giveBack', (tx) =>
      tx.patch(leases, input.id, { returned_at: Math.trunc(engine.clock.now()) }),
    );
    return { id: input.id, batch };
  }),
  nextTag: os.leases.nextTag.handler(({ input, context: { engine } }) => nextTag(engine, input.like)),
});
