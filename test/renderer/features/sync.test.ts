import type { ConflictCard } from '../../../shared/features/sync.ts';
import { waysOf } from '../../../renderer/features/sync/choices.ts';
import { onlineOf } from '../../../renderer/features/sync/online.ts';

const state = (online: boolean | null, running = false) => ({ online, running });

test('of a round and a question to the store the later one says whether it is there', () => {
  // The round failed after the store had still answered.
  expect(onlineOf(state(false), 20, state(true), 10)).toBe(false);
  // The store is back and the round went through, the question of before went unanswered.
  expect(onlineOf(state(true), 20, state(false), 10)).toBe(true);
  // Nothing was synced since the store was asked.
  expect(onlineOf(state(true), 10, state(false), 20)).toBe(false);
  expect(onlineOf(state(null), 20, state(true), 10)).toBe(true);
  expect(onlineOf(state(null), 20, undefined, 0)).toBeNull();
  expect(onlineOf(state(false, true), 20, state(false), 10)).toBe(true);
});

const card = (more: Partial<ConflictCard>): ConflictCard =>
  ({
    state: 'open',
    editable: [],
    asked: null,
    holder: null,
    heir: null,
    fields: [],
    next_ip: null,
    way: null,
    ...more,
  }) as ConflictCard;
const labels = (more: Partial<ConflictCard>): string[] => waysOf(card(more), '').map(({ label }) => label);

test('what waits can only be dropped by itself; once left behind it can be sent again', () => {
  const ways = (waits: boolean) => labels({ kind: 'dependent', rule: 'assets', waits });
  expect(ways(true)).toEqual(['sync.discard']);
  expect(ways(false)).toEqual(['sync.discard', 'sync.tryAgain']);
});

test('every kind of clash has its own ways out, the careful one first', () => {
  const holder = { table: 'bindings', id: 'x', title: '', subtitle: '', since: null, place: null, person: null };
  const unique = { kind: 'unique', waits: false, holder } as const;
  expect(labels({ ...unique, rule: 'binding_ip', next_ip: '10.0.0.2' })[0]).toBe('sync.way.next');
  // Without a plan there is no next one to name, and what was asked for is not asked for again.
  expect(labels({ ...unique, rule: 'binding_ip', asked: { by: '张三@L1', at: 1, note: null } })).toEqual([
    'sync.way.otherIp',
    'sync.way.same',
    'sync.takeOver',
    'sync.discard',
  ]);
  // An address that was moved to is no second record to be put into the first.
  const moved = [{ field: 'ip', base: '10.0.0.9', mine: '10.0.0.1', theirs: '10.0.0.1' }];
  expect(labels({ ...unique, rule: 'binding_ip', fields: moved })).not.toContain('sync.way.same');
  expect(labels({ ...unique, rule: 'binding_mac' })).toContain('sync.way.shared');
  expect(labels({ ...unique, rule: 'asset_tag' })[0]).toBe('sync.way.merge');
  expect(labels({ ...unique, rule: 'ticket_number' })).toEqual(['sync.edit', 'sync.discard']);
  expect(labels({ kind: 'deleted', heir: { table: 'assets', id: 'y', title: 'Y' } })[0]).toBe('sync.way.heir');
  expect(labels({ kind: 'deleted' })).toEqual(['sync.restoreMine', 'sync.discard']);
  expect(labels({ kind: 'step', way: 'reopen' })).toEqual(['sync.way.keepState', 'sync.way.reopen']);
  expect(labels({ kind: 'step', way: 'none' })).toEqual(['sync.way.keepState']);
  expect(labels({ kind: 'approval', rule: 'changed' })).toEqual(['sync.discard']);
});
