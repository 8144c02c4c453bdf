import { catalogue } from '../../../shared/messages.ts';
import { inadmissible, rejections } from '../../../shared/sync/admit.ts';
import { decide } from '../../../shared/sync/decide.ts';
import { rowKey, World } from '../../../shared/sync/world.ts';
import type { Op } from '../../../shared/commit.ts';

const ID = '01a20440-4269-7000-8000-01a511c0934d';
const refused = (op: unknown, command = 'assets.update'): string | null =>
  inadmissible({ command, actor: '张三@L01', ops: [op as Op] });

test('what the hub can never take has a name, and every name a sentence in both languages', () => {
  expect([
    refused({ op: 'remove', table: 'nothing', id: ID, base: 1 }),
    refused({ op: 'patch', table: 'assets', id: ID, base: 1, fields: { colour: { before: null, after: 'x' } } }),
    refused({ op: 'patch', table: 'assets', id: ID, base: 1, fields: { price: { before: null, after: 1.5 } } }),
    refused({ op: 'remove', table: 'ticket_events', id: ID, base: 1 }),
    refused({ op: 'remove', table: 'conflicts', id: ID, base: 1 }),
    refused({ op: 'remove', table: 'assets', id: ID, base: 1 }),
  ]).toEqual(['unknown_table', 'unknown_field', 'bad_value', 'append_only', 'forbidden', null]);
  for (const code of rejections) {
    const words = catalogue[`sync.rejection.${code}`];
    expect(words).toHaveLength(2);
    for (const word of words) expect(word).not.toContain(code);
  }
});

test('nobody settles a conflict, or asks for it, in a colleague’s name', () => {
  const by = (field: string, after: string): unknown => ({
    op: 'patch',
    table: 'conflicts',
    id: ID,
    base: 1,
    fields: { [field]: { before: null, after } },
  });
  expect([
    refused(by('resolved_by', '张三@L01'), 'sync.resolve'),
    refused(by('resolved_by', '李明@L02'), 'sync.resolve'),
    refused(by('asked_by', '张三@L01'), 'sync.ask'),
    refused(by('asked_by', '李明@L02'), 'sync.ask'),
  ]).toEqual([null, 'forbidden', null, 'forbidden']);
});

test('a resolution that came too late is rejected under one of these names', () => {
  const open = { values: { state: 'resolved' }, rv: 3, fv: { state: 3 }, deletedAt: null };
  const world = new World({
    rows: new Map([[rowKey('conflicts', ID), open]]),
    authors: new Map(),
    referred: new Set(),
    waiting: new Map(),
  });
  const fields = { state: { before: 'open', after: 'resolved' }, how: { before: null, after: 'take_mine' } };
  const gone = { op: 'remove', table: 'assets', id: ID, base: 1 } as const;
  const commit = { seq: 4, incarnation: 'i', actor: '张三@L01', command: 'sync.resolve', est_at: 1, unc_ms: 1 };
  const { outcome, code } = decide({ ...commit, ops: [gone] }, world);
  expect([outcome, rejections.find((each) => each === code)]).toEqual(['rejected', 'changed_since']);
  const how = { op: 'patch', table: 'conflicts', id: ID, base: 1, fields } as const;
  expect(decide({ ...commit, ops: [{ ...how, id: `${ID.slice(0, -1)}e` }] }, world)).toMatchObject({
    outcome: 'rejected',
    code: 'resolved_before',
  });
});
