/** What the declarations of versions promise, and what an operation asks of its reader (sync.md 2.12). */
import { SCHEMA, type Op } from '../../../shared/commit.ts';
import type { RecordType } from '../../../shared/record.ts';
import { records } from '../../../shared/records.ts';
import { opsOf } from '../../../shared/sync/ops.ts';
import { OLDEST_SCHEMA, opSchema, projectRow } from '../../../shared/sync/schema.ts';
import { renameFields, upcast, type Upcaster } from '../../../shared/sync/upcast.ts';

const types = records as unknown as readonly RecordType[];
const ID = '0199a5e2-0000-7000-8000-000000000001';
const row = (table: string, values: Record<string, string>) => ({ table, id: ID, rv: 1, deleted_at: null, values });

describe('declarations of versions', () => {
  test('name no version that is still to come', () => {
    for (const { table, since, fields } of types) {
      expect([table, since <= SCHEMA]).toEqual([table, true]);
      for (const [name, field] of Object.entries(fields))
        expect([name, (field.since ?? 1) <= SCHEMA]).toEqual([name, true]);
    }
  });
  test('ask for no field that an older laptop cannot give', () => {
    for (const { table, since, fields } of types)
      for (const [name, field] of Object.entries(fields))
        expect([table, name, (field.since ?? 1) > since && field.required === true]).toEqual([table, name, false]);
  });
  test('leave two versions back in reach', () => expect(OLDEST_SCHEMA).toBe(Math.max(1, SCHEMA - 2)));
});

describe('a row for an old laptop', () => {
  const newer = types.flatMap(({ table, since, fields }) =>
    Object.entries(fields).flatMap(([name, field]) => ((field.since ?? 1) > since ? [[table, name] as const] : [])),
  );
  test('lacks fields that came later, and nothing else', () => {
    for (const [table, name] of newer) {
      const [first = ''] = Object.keys(types.find((each) => each.table === table)?.fields ?? {});
      const all = row(table, { [first]: 'x', [name]: 'y' });
      expect(projectRow(all, SCHEMA)).toBe(all);
      expect(projectRow(all, 1)?.values ?? {}).not.toHaveProperty(name);
    }
    expect(projectRow(row('people', { name: '王' }), 1)).toEqual(row('people', { name: '王' }));
  });
  test('is not told at all when its table came later', () => {
    for (const { table, since } of types) expect(projectRow(row(table, {}), since - 1)).toBeNull();
    expect(projectRow(row('nobody_knows', {}), SCHEMA)).toBeNull();
  });
});

describe('the schema an operation needs', () => {
  const needs = (op: Partial<Op>): number => opSchema({ table: 'people', id: ID, base: 1, ...op } as Op);
  test('is that of what it sets, and not of what it leaves empty', () => {
    expect(needs({ op: 'insert', values: { name: '王' } })).toBe(1);
    expect(needs({ op: 'insert', values: { name: '王', not_yet: 'x' } })).toBe(Infinity);
    expect(needs({ op: 'insert', values: { name: '王', not_yet: null } })).toBe(1);
    expect(needs({ op: 'patch', fields: { not_yet: { before: 'x', after: null } } })).toBe(Infinity);
    expect(needs({ op: 'patch', fields: { not_yet: { before: null, after: null } } })).toBe(1);
    expect(needs({ op: 'remove' })).toBe(1);
    expect(needs({ op: 'remove', table: 'nobody_knows' })).toBe(Infinity);
  });
});

describe('upcasters', () => {
  // A synthetic past: in version 2 `remark` was renamed to `note`, in version 3 `note` to `memo`.
  const chain: Upcaster[] = [
    { from: 1, to: 2, op: (op) => renameFields(op, 'people', { remark: 'note' }) },
    { from: 2, to: 3, op: (op) => renameFields(op, 'people', { note: 'memo' }) },
  ];
  const patch = (field: string): Op => ({
    op: 'patch',
    table: 'people',
    id: ID,
    base: 3,
    fields: { [field]: { before: null, after: 'x' }, phone: { before: '1', after: '2' } },
  });
  test('take an operation through every version since it was written, and leave one of today alone', () => {
    expect(upcast(patch('remark'), 1, chain)).toEqual(patch('memo'));
    expect(upcast(patch('note'), 2, chain)).toEqual(patch('memo'));
    expect(upcast(patch('memo'), 3, chain)).toEqual(patch('memo'));
    expect(upcast(patch('memo'), 9, chain)).toEqual(patch('memo'));
  });
  test('rename in insertions too, and touch no other table', () => {
    const insert: Op = { op: 'insert', table: 'people', id: ID, values: { remark: 'x' } };
    expect(upcast(insert, 1, chain)).toEqual({ ...insert, values: { memo: 'x' } });
    expect(upcast({ ...insert, table: 'assets' }, 1, chain)).toEqual({ ...insert, table: 'assets' });
  });
  test('change nothing between the real versions: only additions so far', () => {
    const body = JSON.stringify(patch('remark'));
    expect(opsOf([body], 1)).toEqual([patch('remark')]);
    expect(opsOf([body], SCHEMA)).toEqual([patch('remark')]);
  });
});
