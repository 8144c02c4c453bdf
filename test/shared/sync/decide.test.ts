import type { Op } from '../../../shared/commit.ts';
import { decide, type Incoming } from '../../../shared/sync/decide.ts';
import { rowKey, World, type HubRow, type Loaded } from '../../../shared/sync/world.ts';

const taken: HubRow = { values: { tag: 'A-1', name: '台式机' }, rv: 1, fv: {}, deletedAt: null };
const loaded = (more: Partial<Loaded> = {}): Loaded => ({
  rows: new Map([[rowKey('assets', 'theirs'), taken]]),
  authors: new Map(),
  referred: new Set(),
  waiting: new Map(),
  ...more,
});
const commit = (...ops: Op[]): Incoming => ({
  seq: 7,
  incarnation: 'laptop',
  actor: '张三@L01',
  command: 'transfer.commit',
  ops,
  est_at: 0,
  unc_ms: 0,
});
const insert = (table: string, id: string, values: Record<string, string>): Op => ({ op: 'insert', table, id, values });
const asset = insert('assets', 'mine', { tag: 'A-1', name: '台式机' });
const ticket = insert('tickets', 'ticket', { number: 'BX-1', asset_id: 'mine', symptom: '不能开机' });
const line = insert('ticket_events', 'line', { ticket_id: 'ticket', kind: 'open' });

test('what is built on a row held in the same commit waits for that conflict, and so does what is built on it', () => {
  const { clashes, outcome } = decide(commit(asset, ticket, line), new World(loaded()));
  expect(outcome).toBe('held');
  expect(clashes.map(({ kind, id, within }) => [kind, id, within])).toEqual([
    ['unique', 'mine', undefined],
    ['dependent', 'ticket', 0],
    ['dependent', 'line', 1],
  ]);
});

test('a change of a row that is held in the same commit waits for it too', () => {
  const patch: Op = {
    op: 'patch',
    table: 'assets',
    id: 'mine',
    base: null,
    fields: { name: { before: '台式机', after: '主机' } },
  };
  const { clashes } = decide(commit(asset, patch), new World(loaded()));
  expect(clashes[1]).toMatchObject({ kind: 'dependent', within: 0 });
});

test('only a row that was removed counts as removed; one that waits since an earlier commit names its conflict', () => {
  const removed: HubRow = { ...taken, values: { tag: 'A-2', name: '主机' }, deletedAt: 5 };
  const gone = loaded({ rows: new Map([[rowKey('assets', 'mine'), removed]]) });
  expect(decide(commit(ticket), new World(gone)).clashes).toMatchObject([{ kind: 'parent', holder: 'mine' }]);
  const waiting = loaded({ waiting: new Map([[rowKey('assets', 'mine'), 'earlier']]) });
  const [clash] = decide(commit(ticket), new World(waiting)).clashes;
  expect(clash).toMatchObject({ kind: 'dependent', parent: 'earlier' });
  expect(clash).not.toHaveProperty('within');
});
