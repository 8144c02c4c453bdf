/** Who may write what: every role, every record type, own and other area; and how it gets done all the same (security.md H5). */
import { changeGrant } from '../../hub/rights.ts';
import { withClient } from '../../hub/db.ts';
import { mayWrite, roles, type Role } from '../../shared/sync/roles.ts';
import { scopeOf } from '../../shared/sync/scope.ts';
import { add, change, laptopAs, school, types, unaware, type School } from '../support/areas.ts';
import { refusalOf, testEngine, type TestEngine } from '../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, syncNow, type Cluster, type TestHub } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(90_000);

test('every record type has its rule of areas', () => {
  expect(Object.keys(scopeOf).toSorted()).toEqual(types.map(({ table }) => table).toSorted());
});

test('the table of roles, as it is meant', () => {
  const writes = (role: Role): string[] =>
    types.map(({ table }) => table).filter((table) => table !== 'conflicts' && !mayWrite(role, table));
  expect(writes('admin')).toEqual([]);
  expect(writes('lead')).toEqual(['calendar_days', 'naming_rules', 'sla_rules']);
  expect(writes('technician')).toEqual([
    'subnets',
    'address_ranges',
    'calendar_days',
    'naming_rules',
    'approvals',
    'letter_texts',
    'first_aid_lists',
    'duty_areas',
    'sla_rules',
  ]);
  expect(writes('auditor')).toEqual(
    types.map(({ table }) => table).filter((table) => table !== 'conflicts' && table !== 'evidence_purges'),
  );
});

/** What a record of each type needs to lie in a building. */
type Place = (school: School, building: 'own' | 'other', hung: Hung) => Record<string, unknown>;
interface Hung {
  readonly subnet: string;
  readonly asset: string;
  readonly ticket: string;
  readonly handover: string;
}
const roomOf = (at: School, building: 'own' | 'other'): string => (building === 'own' ? at.room : at.labRoom);
let nets = 0;
const placed: Place = (at, building) => ({ location_id: roomOf(at, building) });
const nowhere: Place = () => ({});
const places: Record<string, Place> = {
  locations: (at, building) => ({ parent_id: building === 'own' ? at.teaching : at.lab, kind: 'room' }),
  people: nowhere,
  assets: placed,
  subnets: (at, building) => ({
    cidr: `10.77.${(nets += 1)}.0/24`,
    location_id: building === 'own' ? at.teaching : at.lab,
  }),
  address_ranges: (_at, _building, { subnet }) => ({ subnet_id: subnet }),
  bindings: (at, building, { subnet }) => ({
    location_id: roomOf(at, building),
    subnet_id: subnet,
    person_id: at.person,
    state: 'active',
  }),
  tickets: placed,
  ticket_events: (_at, _building, { ticket }) => ({ ticket_id: ticket }),
  calendar_days: nowhere,
  handovers: placed,
  handover_items: (_at, _building, { handover }) => ({ handover_id: handover }),
  ignored_findings: nowhere,
  evidence_purges: nowhere,
  naming_rules: nowhere,
  first_aid_lists: nowhere,
  knowledge_articles: nowhere,
  sla_rules: nowhere,
  watched_devices: placed,
  duty_entries: nowhere,
  attachments: (_at, _building, { asset }) => ({ tbl: 'assets', row_id: asset }),
};
/** Types whose rows lie nowhere, so that other areas have no part in them. */
const everybodys = new Set(Object.keys(places).filter((table) => places[table] === nowhere));

describeIf(hasPostgres, noPostgres)('roles at the store', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let admin: TestEngine;
  let at: School;
  let hung: Record<'own' | 'other', Hung>;
  const open: TestEngine[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    admin = await laptopAs(hub, 'L01', { role: 'admin', areas: null });
    at = school(admin);
    const hang = (building: 'own' | 'other', n: number): Hung => ({
      subnet: add(admin, 'subnets', { cidr: `10.${n}.0.0/24`, location_id: building === 'own' ? at.teaching : at.lab }),
      asset: add(admin, 'assets', { location_id: roomOf(at, building) }),
      ticket: add(admin, 'tickets', { location_id: roomOf(at, building) }),
      handover: add(admin, 'handovers', { location_id: roomOf(at, building) }),
    });
    hung = { own: hang('own', 1), other: hang('other', 2) };
    await syncNow(admin);
  }, 60_000);
  afterAll(async () => {
    for (const laptop of [admin, ...open]) laptop.close();
    await cluster.stop();
  }, 60_000);
  const join = async (machine: string, role: Role, areas: string[] | null): Promise<TestEngine> => {
    const laptop = await laptopAs(hub, machine, { role, areas });
    open.push(laptop);
    await syncNow(laptop);
    return laptop;
  };
  const fateOf = async (table: string, id: string): Promise<string> => {
    const made = await hub.pool.query(`SELECT 1 FROM app.${table} WHERE id = $1`, [id]);
    const held = await hub.pool.query<{ kind: string }>('SELECT kind FROM app.conflicts WHERE row_id = $1', [id]);
    return made.rowCount === 1 ? 'done' : `held ${held.rows[0]?.kind}`;
  };

  test.each(roles)('%s: every record type, in the own and in the other area', async (role) => {
    const laptop = await join(`R${roles.indexOf(role)}`, role, [at.teaching]);
    unaware(laptop);
    const made = Object.entries(places).flatMap(([table, place]) =>
      (['own', 'other'] as const).map((building) => ({
        table,
        building,
        id: add(laptop, table, place(at, building, hung[building])),
      })),
    );
    await syncNow(laptop);
    const fates: [string, string, string][] = [];
    const expected: [string, string, string][] = [];
    for (const { table, building, id } of made) {
      fates.push([table, building, await fateOf(table, id)]);
      const may = mayWrite(role, table) && (building === 'own' || everybodys.has(table));
      expected.push([table, building, may ? 'done' : 'held forbidden']);
    }
    expect(fates).toEqual(expected);
  });

  test('rows of the other area are neither changed nor removed, and nothing of what was wanted is lost', async () => {
    const laptop = await join('L20', 'lead', null);
    await withClient(hub.pool, (client) => changeGrant(client, 'L20', { areas: [at.teaching] }, Date.now()));
    unaware(laptop);
    change(laptop, 'assets', hung.other.asset, { brand: '华为' });
    change(laptop, 'assets', hung.own.asset, { brand: '联想' });
    change(laptop, 'subnets', hung.other.subnet, { name: '改名' });
    await syncNow(laptop);
    const { rows } = await hub.pool.query<{ id: string; brand: string | null }>(
      'SELECT id, brand FROM app.assets WHERE id = ANY($1)',
      [[hung.own.asset, hung.other.asset]],
    );
    expect(new Map(rows.map(({ id, brand }) => [id, brand]))).toEqual(
      new Map([
        [hung.own.asset, '联想'],
        [hung.other.asset, null],
      ]),
    );
    await syncNow(admin);
    const cards = (await admin.call.sync.conflicts({ limit: 200 })).cards.filter(
      ({ mine }) => mine.actor === '人L20@L20',
    );
    expect(cards.map(({ kind, fields }) => [kind, fields.map(({ mine }) => mine)])).toEqual(
      expect.arrayContaining([
        ['forbidden', ['华为']],
        ['forbidden', ['改名']],
      ]),
    );
  });

  test('a forbidden change: its author takes it back or waits, a lead of the area grants it', async () => {
    const technician = await join('L30', 'technician', [at.teaching]);
    const lead = await join('L31', 'lead', [at.teaching]);
    const stranger = await join('L32', 'technician', [at.teaching]);
    unaware(technician);
    const wanted = add(technician, 'subnets', { cidr: '10.30.0.0/24', name: '新网', location_id: at.teaching });
    const regretted = add(technician, 'subnets', { cidr: '10.31.0.0/24', name: '不要了', location_id: at.teaching });
    await syncNow(technician);
    const card = async (laptop: TestEngine, id: string): Promise<string> =>
      (await laptop.call.sync.conflicts({ limit: 200 })).cards.find(({ row_id }) => row_id === id)?.id ?? '';
    for (const laptop of [technician, lead, stranger]) await syncNow(laptop);
    // Also a laptop that does not stop its user does not get it through.
    unaware(technician);
    await technician.call.sync.resolve({ id: await card(technician, wanted), how: 'take_mine' });
    expect(await syncNow(technician)).toMatchObject({ rejected: 1 });
    expect(await fateOf('subnets', wanted)).toBe('held forbidden');
    unaware(stranger);
    await stranger.call.sync.resolve({ id: await card(stranger, wanted), how: 'keep_theirs' });
    expect(await syncNow(stranger)).toMatchObject({ rejected: 1 });
    expect((await stranger.call.sync.rejections()).map(({ code }) => code)).toEqual(['not_allowed']);
    await technician.call.sync.resolve({ id: await card(technician, regretted), how: 'keep_theirs' });
    expect(await syncNow(technician)).toMatchObject({ rejected: 0 });
    await syncNow(lead);
    await lead.call.sync.resolve({ id: await card(lead, wanted), how: 'take_mine' });
    await syncNow(lead);
    expect(await fateOf('subnets', wanted)).toBe('done');
    expect(await fateOf('subnets', regretted)).toBe('held forbidden');
    const { rows } = await hub.pool.query('SELECT state, resolved_by FROM app.conflicts WHERE row_id = $1', [wanted]);
    expect(rows).toEqual([{ state: 'resolved', resolved_by: '人L31@L31' }]);
  });

  test('the laptop refuses before the store has to, in one sentence, and an auditor only looks', async () => {
    const technician = await join('L40', 'technician', null);
    const auditor = await join('L41', 'auditor', null);
    expect(
      await refusalOf(technician.call.ipam.createSubnet({ cidr: '10.40.0.0/24', name: 'x', purpose: 'office' })),
    ).toMatchObject({ code: 'needs_lead' });
    const asset = { name: 'x', category: 'desktop', status: 'in_use' } as const;
    await technician.call.assets.create(asset);
    expect(await refusalOf(auditor.call.assets.create(asset))).toMatchObject({ code: 'auditor_reads' });
    expect((await auditor.call.assets.list({})).total).toBeGreaterThan(0);
    expect(await syncNow(auditor)).toMatchObject({ sent: 0 });
    expect(await auditor.call.sync.status({})).toMatchObject({ role: 'auditor', areas: null });
    expect(await technician.call.sync.status({})).toMatchObject({ role: 'technician', areas: null });
  });

  test('who joins how: the first is admin, the next technician; a plain code lets a laptop come back as what it was', async () => {
    const other = await cluster.hub();
    const first = await testEngine({ machine: 'L01' });
    const second = await testEngine({ machine: 'L02' });
    const plain = async (laptop: TestEngine): Promise<void> => {
      const { pool } = other;
      const { makeCode } = await import('../../hub/codes.ts');
      const code = await withClient(pool, (client) => makeCode(client, Date.now()));
      await laptop.call.sync.enrol({ address: other.url, code });
      await syncNow(laptop);
    };
    await plain(first);
    await plain(second);
    expect(await first.call.sync.status({})).toMatchObject({ role: 'admin', areas: null });
    expect(await second.call.sync.status({})).toMatchObject({ role: 'technician', areas: null });
    await withClient(other.pool, (client) => changeGrant(client, 'L02', { role: 'lead' }, Date.now()));
    await plain(second);
    expect(await second.call.sync.status({})).toMatchObject({ role: 'lead' });
    for (const laptop of [first, second]) laptop.close();
    await other.close();
  });
});
