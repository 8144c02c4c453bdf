/** Random histories: whatever is edited, moved, removed, and whoever gets which area, each laptop ends up with the visible part of the store, and no more. */
import fc from 'fast-check';
import { withClient } from '../../hub/db.ts';
import { changeGrant } from '../../hub/rights.ts';
import type { Scalar } from '../../shared/sync/frames.ts';
import { sees, type Part, type RowValues } from '../../shared/sync/scope.ts';
import { add, change, laptopAs, school, typeNamed, types, type School } from '../support/areas.ts';
import type { TestEngine } from '../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, syncNow, type Cluster } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(180_000);

const steps = fc.oneof(
  fc.record({ do: fc.constant('asset' as const), by: fc.nat(2), at: fc.nat(4) }),
  fc.record({ do: fc.constant('ticket' as const), by: fc.nat(2), at: fc.nat(4), on: fc.nat(50) }),
  fc.record({ do: fc.constant('note' as const), by: fc.nat(2), on: fc.nat(50) }),
  fc.record({ do: fc.constant('net' as const), at: fc.nat(4) }),
  fc.record({ do: fc.constant('bind' as const), by: fc.nat(2), at: fc.nat(4), on: fc.nat(50) }),
  fc.record({ do: fc.constant('edit' as const), by: fc.nat(2), on: fc.nat(50) }),
  fc.record({ do: fc.constant('move' as const), by: fc.nat(2), on: fc.nat(50), at: fc.nat(4) }),
  fc.record({ do: fc.constant('moveNet' as const), on: fc.nat(50), at: fc.nat(4) }),
  fc.record({ do: fc.constant('remove' as const), by: fc.nat(2), on: fc.nat(50) }),
  fc.record({ do: fc.constant('room' as const), under: fc.nat(1) }),
  fc.record({ do: fc.constant('moveRoom' as const), on: fc.nat(50), under: fc.nat(1) }),
  fc.record({ do: fc.constant('grant' as const), who: fc.integer({ min: 1, max: 2 }), areas: fc.nat(4) }),
  fc.record({ do: fc.constant('sync' as const), by: fc.nat(2) }),
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

describeIf(hasPostgres, noPostgres)('random histories with areas', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  const all = (laptop: TestEngine, table: string): string[] =>
    laptop.engine.db
      .all<{ id: string }>(`SELECT id FROM ${table} WHERE deleted_at IS NULL ORDER BY id`)
      .map(({ id }) => id);

  /** Tries a step; what a laptop refuses (not there, not its area) is no failure of the history. */
  function attempt(laptops: readonly TestEngine[], at: School, step: Step): void {
    const [admin] = laptops;
    if (!admin) return;
    const laptop = ('by' in step && laptops[step.by]) || admin;
    const some = (table: string, on: number): string | undefined => {
      const ids = all(laptop, table);
      return ids[on % Math.max(1, ids.length)];
    };
    const place = (n: number): string | null =>
      [at.room, at.labRoom, at.teaching, null, all(laptop, 'locations').at(-1) ?? null][n] ?? null;
    const under = (n: number): string => (n === 0 ? at.teaching : at.lab);
    switch (step.do) {
      case 'asset':
        add(laptop, 'assets', { location_id: place(step.at) });
        break;
      case 'ticket': {
        const asset = some('assets', step.on);
        const where = place(step.at);
        add(laptop, 'tickets', where ? { location_id: where } : asset ? { asset_id: asset } : {});
        break;
      }
      case 'note': {
        const ticket = some('tickets', step.on);
        if (ticket) add(laptop, 'ticket_events', { ticket_id: ticket });
        break;
      }
      case 'net':
        add(admin, 'subnets', { location_id: place(step.at) });
        break;
      case 'bind': {
        const subnet = some('subnets', step.on);
        if (subnet)
          add(laptop, 'bindings', {
            subnet_id: subnet,
            person_id: at.person,
            location_id: place(step.at),
            state: 'active',
          });
        break;
      }
      case 'edit': {
        const asset = some('assets', step.on);
        if (asset) change(laptop, 'assets', asset, { brand: `b${step.on}` });
        break;
      }
      case 'move': {
        const asset = some('assets', step.on);
        if (asset) change(laptop, 'assets', asset, { location_id: place(step.at) });
        break;
      }
      case 'moveNet': {
        const subnet = some('subnets', step.on);
        if (subnet) change(admin, 'subnets', subnet, { location_id: place(step.at) });
        break;
      }
      case 'remove': {
        const asset = some('assets', step.on);
        if (asset) laptop.engine.command('test.remove', (tx) => tx.remove(typeNamed('assets'), asset));
        break;
      }
      case 'room':
        add(admin, 'locations', { kind: 'room', parent_id: under(step.under) });
        break;
      case 'moveRoom': {
        const rooms = admin.engine.db.all<{ id: string }>("SELECT id FROM locations WHERE kind = 'room' ORDER BY id");
        const room = rooms[step.on % rooms.length];
        if (room) change(admin, 'locations', room.id, { parent_id: under(step.under) });
        break;
      }
      case 'grant':
      case 'sync':
        break;
    }
  }

  test('end with the visible part', async () => {
    const seen = { rows: 0, hidden: 0, forgotten: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 20, maxLength: 45 }), async (history) => {
        const hub = await cluster.hub();
        const laptops: TestEngine[] = [];
        try {
          const admin = await laptopAs(hub, 'L01', { role: 'admin', areas: null });
          laptops.push(admin);
          const at = school(admin);
          await syncNow(admin);
          const grants: (string[] | null)[] = [null, [at.teaching], [at.lab]];
          laptops.push(await laptopAs(hub, 'L02', { role: 'lead', areas: [at.teaching] }));
          laptops.push(await laptopAs(hub, 'L03', { role: 'lead', areas: [at.lab] }));
          for (const step of history) {
            try {
              attempt(laptops, at, step);
            } catch (error) {
              if (!(error instanceof Error && error.name === 'Refusal')) throw error;
            }
            if (step.do === 'grant') {
              const areas = [[at.teaching], [at.lab], [at.teaching, at.lab], [], null][step.areas] ?? null;
              grants[step.who] = areas;
              await withClient(hub.pool, (client) => changeGrant(client, `L0${step.who + 1}`, { areas }, Date.now()));
            }
            const laptop = step.do === 'sync' ? laptops[step.by] : undefined;
            if (laptop) await syncNow(laptop);
          }
          for (const laptop of [...laptops, ...laptops]) await syncNow(laptop);
          for (const [index, laptop] of laptops.entries()) {
            const wanted = await visible(admin, laptop, grants[index] ?? null, `L0${index + 1}`);
            expect(picture(laptop)).toEqual(wanted);
            seen.rows += wanted.length;
            seen.hidden += laptop.engine.db.value<number>('SELECT count(*) FROM _commits WHERE hidden = 1') ?? 0;
            seen.forgotten += (await laptop.call.sync.log({ limit: 500 })).filter(({ code }) => code === 'left').length;
            expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
            expect(await laptop.call.sync.status({})).toMatchObject({ unsynced: 0, last_error: null });
          }
        } finally {
          for (const laptop of laptops) laptop.close();
          await hub.close();
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 12), seed: 20_261_122, endOnFailure: true },
    );
    // The histories would prove nothing if nothing was ever out of sight.
    expect(seen.rows).toBeGreaterThan(100);
    expect(seen.hidden).toBeGreaterThan(10);
    expect(seen.forgotten).toBeGreaterThan(0);
  });
});

/** Rows as text, those of the removed without their values' age. */
const picture = ({ engine }: TestEngine): string[] =>
  types
    .flatMap(({ table, fields }) =>
      engine.db
        .all(`SELECT id, rv, deleted_at IS NOT NULL AS gone, ${Object.keys(fields).join(', ')} FROM ${table}`)
        .map((row) => `${table} ${JSON.stringify(row)}`),
    )
    .toSorted();

/** What a laptop of these areas should have, told from the admin's notebook, which has everything. */
async function visible(
  admin: TestEngine,
  laptop: TestEngine,
  areas: readonly string[] | null,
  machine: string,
): Promise<string[]> {
  if (areas === null) return picture(admin);
  const { db } = admin.engine;
  const parents = new Map(
    db
      .all<{ id: string; parent_id: string | null }>('SELECT id, parent_id FROM locations')
      .map((row) => [row.id, row.parent_id]),
  );
  const chain = (id: string): string[] => {
    const parent = parents.get(id);
    return parent ? [id, ...chain(parent)] : [id];
  };
  const part: Part = {
    inside: new Set([...parents.keys()].filter((id) => chain(id).some((each) => areas.includes(each)))),
    above: new Set(areas.flatMap((id) => chain(id).slice(1))),
    own: new Set([laptop.engine.incarnation]),
    machine,
  };
  const find = (table: string, field: string, value: string): RowValues | undefined =>
    db.get<Record<string, Scalar & string>>(`SELECT * FROM ${table} WHERE "${field}" = ?`, value);
  return Promise.resolve(
    types
      .flatMap(({ table, fields }) =>
        db
          .all<Record<string, Scalar & string>>(
            `SELECT id, rv, deleted_at IS NOT NULL AS gone, ${Object.keys(fields).join(', ')} FROM ${table}`,
          )
          .filter((row) => sees(table, row, { part, find, unknown: false }))
          .map((row) => `${table} ${JSON.stringify(row)}`),
      )
      .toSorted(),
  );
}
