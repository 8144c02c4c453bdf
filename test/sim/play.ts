/** Plays one turn of a history on the real thing. */
import { approvable } from '../../shared/features/approvals.ts';
import { assets } from '../../shared/features/assets.ts';
import { locations } from '../../shared/features/locations.ts';
import { people } from '../../shared/features/people.ts';
import { withClient } from '../../hub/db.ts';
import { revokeDevice } from '../../hub/devices.ts';
import { refusalOf } from '../support/engine.ts';
import { SimClock } from './clock.ts';
import type { SimLaptop } from './laptop.ts';
import { Ledger } from './ledger.ts';
import type { Scene } from './school.ts';
import type { Step, Turn, Values } from './steps.ts';
import { checkSight, Sight } from './invariants/sight.ts';

const SECONDS = 40;
const NOBODY = '00000000-0000-4000-8000-000000000000';

export interface Played {
  readonly scene: Scene;
  readonly ledger: Ledger;
  readonly sight: Sight;
  readonly honest: boolean;
}
export const begin = (scene: Scene, honest: boolean): Played => {
  const played = { scene, ledger: new Ledger(scene.laptops[0] as SimLaptop), sight: new Sight(), honest };
  for (const laptop of scene.laptops) watch(played, laptop);
  return played;
};

/** While an answer travels, the user of this laptop edits a device. */
function watch(played: Played, laptop: SimLaptop): void {
  laptop.typing = (at) =>
    played.ledger.act(laptop, () =>
      tried(edit(played.ledger, laptop, 'assets', at, { model: `键入${at % 3}`, brand: '丁' })),
    );
}

/** A refusal is a fair answer to a random command; anything else is a bug. */
const tried = async (work: Promise<unknown>): Promise<void> =>
  void (await work.then(
    () => null,
    (error: unknown) => refusalOf(Promise.reject(error)),
  ));

const nth = <T>(rows: readonly T[], index: number): T | undefined => rows[index % Math.max(1, rows.length)];

/** The n-th live row of a table on this laptop, in the order they were made. */
function rowOf(
  ledger: Ledger,
  { engine }: SimLaptop,
  table: string,
  index: number,
  where = 'true',
): string | undefined {
  const ids = engine.db
    .all<{ id: string }>(`SELECT id FROM ${table} WHERE deleted_at IS NULL AND ${where}`)
    .map(({ id }) => id);
  return nth(
    ids.toSorted((a, b) => ledger.labelOf(a) - ledger.labelOf(b) || (a < b ? -1 : 1)),
    index,
  );
}

function edit(ledger: Ledger, laptop: SimLaptop, kind: string, row: number, values: Values): Promise<unknown> {
  const id = rowOf(ledger, laptop, kind, row) ?? NOBODY;
  const { call } = laptop;
  switch (kind) {
    case 'people':
      return call.people.update({ id, changes: values });
    case 'locations':
      return call.locations.update({ id, changes: values });
    case 'subnets':
      return call.ipam.updateSubnet({ id, changes: values });
    default:
      return call.assets.update({ id, changes: values });
  }
}

function create(ledger: Ledger, laptop: SimLaptop, step: Extract<Step, { do: 'create' }>): Promise<unknown> {
  const { call } = laptop;
  const location_id = rowOf(ledger, laptop, 'locations', step.at) ?? null;
  switch (step.kind) {
    case 'people':
      return call.people.create({
        name: '王芳',
        identity: 'teacher',
        letter: 'signed',
        status: 'active',
        location_id,
        ...step.values,
      });
    case 'locations':
      return call.locations.create({ kind: 'room', name: '房间', parent_id: location_id, ...step.values });
    case 'subnets':
      return call.ipam.createSubnet({
        cidr: `10.20.${step.at % 3}.0/24`,
        name: '办公',
        purpose: 'office',
        ...step.values,
      });
    case 'assets':
      return call.assets.create({
        name: '机',
        category: 'desktop',
        status: 'in_use',
        location_id,
        ...step.values,
      });
  }
}

function remove(ledger: Ledger, laptop: SimLaptop, kind: string, row: number): Promise<unknown> {
  const id = rowOf(ledger, laptop, kind, row) ?? NOBODY;
  const { call } = laptop;
  if (kind === 'people') return call.people.remove({ id });
  if (kind === 'locations') return call.locations.remove({ id });
  return kind === 'subnets'
    ? call.ipam.removeSubnet({ id, reason: '停用' })
    : call.assets.remove({ id, reason: '报废' });
}

/** As the import screen writes it: rows that stand each for itself, with the places and people they name. */
async function importRows({ engine }: SimLaptop, rows: number, tag: number): Promise<void> {
  engine.commit('transfer.commit', (tx) => {
    const room = tx.insert(locations, { kind: 'room', name: '导入' });
    const person = tx.insert(people, {
      name: '导入人',
      identity: 'staff',
      letter: 'signed',
      status: 'active',
      location_id: room.id,
    });
    for (let row = 0; row < rows; row += 1)
      tx.insert(assets, {
        name: `机${row}`,
        category: 'desktop',
        status: 'in_use',
        location_id: room.id,
        user_id: person.id,
        // The first of them wants a tag that others want as well.
        tag: row === 0 ? `T${tag}` : null,
      });
  });
  return Promise.resolve();
}

const address = (ip: number): string => `10.20.0.${10 + ip}`;

/** A command of the user; null when the step is none. */
function command(ledger: Ledger, laptop: SimLaptop, step: Step): Promise<unknown> | null {
  const { call } = laptop;
  const row = (table: string, index: number, where?: string): string | undefined =>
    rowOf(ledger, laptop, table, index, where);
  switch (step.do) {
    case 'create':
      return create(ledger, laptop, step);
    case 'edit':
      return edit(ledger, laptop, step.kind, step.row, step.values);
    case 'place':
      return edit(ledger, laptop, step.kind, step.row, {
        [step.kind === 'locations' ? 'parent_id' : 'location_id']: row('locations', step.at) ?? null,
      });
    case 'remove':
      return remove(ledger, laptop, step.kind, step.row);
    case 'import':
      return importRows(laptop, step.rows, step.tag);
    case 'undo': {
      const batches = laptop.engine.db
        .all<{ batch: string }>('SELECT DISTINCT batch FROM _commits WHERE incarnation = ?', laptop.engine.incarnation)
        .map(({ batch }) => batch)
        .toSorted((a, b) => ledger.labelOf(a) - ledger.labelOf(b));
      return call.system.undo({ batch: nth(batches, step.batch) ?? NOBODY });
    }
    case 'bind':
      return call.ipam.bind({
        ip: address(step.ip),
        mac: `3C52821A000${step.mac}`,
        person_id: row('people', step.person) ?? NOBODY,
        subnet_id: row('subnets', step.subnet) ?? NOBODY,
        reason: '指定',
      });
    case 'release':
      return call.ipam.release({ id: row('bindings', step.row, "state <> 'released'") ?? NOBODY, reason: '离职' });
    case 'readdress':
      return call.ipam.move({
        id: row('bindings', step.row, "state <> 'released'") ?? NOBODY,
        to: { ip: address(step.ip) },
        reason: '冲突',
      });
    case 'open':
      return call.tickets.open({
        reporter: '张三',
        symptom: '网络不通',
        person_id: row('people', step.person) ?? null,
      });
    case 'advance': {
      const id = row('tickets', step.row) ?? NOBODY;
      const told = { remark: '换水晶头' };
      switch (step.step) {
        case 'pause':
          return call.tickets.advance({ id, step: 'pause', reason: 'user', ...told });
        case 'finish':
          return call.tickets.advance({ id, step: 'finish', cause: 'line', action: '换水晶头' });
        default:
          return call.tickets.advance({ id, step: step.step, ...told });
      }
    }
    case 'lease':
      return call.leases.take({ subnet_id: row('subnets', step.subnet) ?? NOBODY, count: step.count });
    case 'giveBack':
      return call.leases.giveBack({ id: row('leases', step.row) ?? NOBODY });
    case 'approve':
      return call.approvals.record({
        what: step.what,
        id: row(approvable[step.what].table, step.row) ?? NOBODY,
        verdict: step.verdict,
        signer: '校长',
        // By the laptop's own day: a signature of tomorrow is refused, whatever the store would say.
        signed_on: laptop.engine.today(),
      });
    case 'resolve': {
      const open = laptop.engine.db
        .all<{ id: string; row_id: string; kind: string; mut_no: number }>(
          "SELECT id, row_id, kind, mut_no FROM conflicts WHERE state <> 'resolved' AND deleted_at IS NULL",
        )
        .toSorted(
          (a, b) =>
            ledger.labelOf(a.row_id) - ledger.labelOf(b.row_id) || a.mut_no - b.mut_no || (a.kind < b.kind ? -1 : 1),
        );
      return call.sync.resolve({ id: nth(open, step.row)?.id ?? NOBODY, how: step.how });
    }
    default:
      return null;
  }
}

/** What happens to the machine or its line. */
async function happen(played: Played, laptop: SimLaptop, step: Step): Promise<void> {
  const { scene, ledger, sight, honest } = played;
  switch (step.do) {
    case 'sync':
      laptop.line.fault = step.fault;
      laptop.line.wait = step.wait;
      await tried(laptop.sync());
      laptop.line.fault = null;
      laptop.bootIfDead();
      return checkSight(sight, laptop);
    case 'clock':
      if (step.set === 'boot') laptop.clock.reboot();
      else if ('jump' in step.set) laptop.clock.jump(step.set.jump);
      else laptop.clock.run(step.set.speed);
      return;
    case 'kill':
      return laptop.kill();
    case 'reopen':
      return laptop.reopen();
    case 'keep':
      return laptop.keep();
    case 'goBack':
      ledger.goesBack(laptop, () => laptop.goBack());
      return sight.forget(laptop);
    case 'clone': {
      // One copy more than joined: both go on, as somebody does who images a disk.
      if (scene.laptops.some((other) => other !== laptop && other.machine === laptop.machine)) return;
      const twin = laptop.clone(new SimClock(scene.time, `${laptop.machine}-twin`, honest));
      scene.laptops.push(twin);
      return watch(played, twin);
    }
    case 'revoke':
      // Somebody has to be left.
      if (scene.laptops[0]?.machine === laptop.machine) return;
      await withClient(scene.store.hub.pool, (client) => revokeDevice(client, laptop.machine, scene.time.ms));
      return;
    default:
      throw new Error(`nobody plays ${step.do}`);
  }
}

export async function play(played: Played, turn: Turn): Promise<void> {
  const { scene, ledger } = played;
  scene.time.ms += SECONDS * 1000;
  ledger.next();
  if (turn === 'restart') return scene.store.restart();
  if (turn === 'backup') return scene.store.backup();
  if (turn === 'restore') {
    if (await scene.store.restore()) ledger.hubRestores += 1;
    return;
  }
  const laptop = nth(scene.laptops, turn.who) as SimLaptop;
  let isCommand = true;
  await ledger.act(laptop, async () => {
    const done = attempt(ledger, laptop, turn.step);
    isCommand = done !== null;
    if (done) await tried(done);
  });
  if (!isCommand) await happen(played, laptop, turn.step);
}

/** A command that refuses at once, before it promises anything, refuses all the same. */
function attempt(ledger: Ledger, laptop: SimLaptop, step: Step): Promise<unknown> | null {
  try {
    return command(ledger, laptop, step);
  } catch (error) {
    return Promise.reject(error);
  }
}
