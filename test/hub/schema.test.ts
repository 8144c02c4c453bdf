import { pgTypeOf } from '../../hub/rows.ts';
import type { RecordType } from '../../shared/record.ts';
import { records } from '../../shared/records.ts';
import { uniqueRules } from '../../shared/sync/invariants.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../support/hub.ts';
import { testEngine, type TestEngine } from '../support/engine.ts';
import { describeIf } from '../support/skip.ts';

const types = records as unknown as readonly RecordType[];
const OWN = ['id', 'rv', 'deleted_at', 'extra'];
const HUB_OWN = ['id', 'rv', 'fv', 'deleted_rv', 'deleted_at'];
const pgNames: Record<string, string> = { timestamptz: 'timestamp with time zone' };

describeIf(hasPostgres, noPostgres)('declarations, SQLite and PostgreSQL', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let laptop: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    laptop = await testEngine();
  }, 60_000);
  afterAll(async () => {
    laptop.close();
    await cluster.stop();
  }, 60_000);

  test.each(types.map((type) => [type.table, type] as const))('agree on %s', async (table, type) => {
    const columns = laptop.engine.db.all<{ name: string; notnull: number }>(
      `SELECT name, "notnull" FROM pragma_table_info('${table}')`,
    );
    expect(columns.map(({ name }) => name).toSorted()).toEqual([...OWN, ...Object.keys(type.fields)].toSorted());
    const { rows } = await hub.pool.query<{ column_name: string; data_type: string; is_nullable: string }>(
      "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'app' AND table_name = $1",
      [table],
    );
    expect(rows.map(({ column_name }) => column_name).toSorted()).toEqual(
      [...HUB_OWN, ...Object.keys(type.fields)].toSorted(),
    );
    for (const [name, field] of Object.entries(type.fields)) {
      const column = rows.find(({ column_name }) => column_name === name);
      const wanted = pgTypeOf(field);
      expect([name, column?.data_type, column?.is_nullable]).toEqual([
        name,
        pgNames[wanted] ?? wanted,
        field.required ? 'NO' : 'YES',
      ]);
      expect([name, columns.find((each) => each.name === name)?.notnull]).toEqual([name, field.required ? 1 : 0]);
    }
    const view = await hub.pool.query(`SELECT * FROM pub.${table} LIMIT 0`);
    expect(view.fields.map(({ name }) => name).toSorted()).toEqual(
      ['id', 'rv', ...Object.keys(type.fields)].toSorted(),
    );
  });

  test('every rule of uniqueness has its index', async () => {
    const { rows } = await hub.pool.query<{ indexname: string; indexdef: string }>(
      "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'app'",
    );
    for (const rule of uniqueRules) {
      const found = rows.find(({ indexname }) => indexname === rule.name)?.indexdef;
      const column = rule.folds ? `lower\\(\\(?${rule.field} COLLATE "C"\\)?\\)` : rule.field;
      expect(found).toMatch(new RegExp(`UNIQUE INDEX ${rule.name} ON app.${rule.table} .*\\(${column}\\) WHERE`));
    }
  });

  test('what was committed cannot be changed or removed', async () => {
    await hub.pool.query(`INSERT INTO sync.event (at, kind, success, detail) VALUES (now(), 'test', true, '')`);
    await expect(hub.pool.query('DELETE FROM sync.event')).rejects.toThrow('insert only');
    await expect(hub.pool.query("UPDATE sync.event SET detail = 'x'")).rejects.toThrow('insert only');
  });
});
