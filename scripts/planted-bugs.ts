/** Bugs that sync might have, one line each, and the test that must notice (sync.md section 3: the mutation check of the tests). */

export interface Planted {
  readonly name: string;
  readonly file: string;
  /** Stands exactly once in the file; test/scripts/planted-bugs.test.ts keeps it so. */
  readonly find: string;
  readonly replace: string;
  /** What Jest is asked to run: a file, and the name of a test in it. */
  readonly test: string;
  readonly named?: string;
}

const badDays = { test: 'test/sim/bad-days' };
const restored = { test: 'test/sim/disasters', named: 'a hub put back' };
const copied = { test: 'test/sim/disasters', named: 'folders that come back' };
const laptopKilled = { test: 'test/sim/kills-laptop' };
const APPLY = 'main/engine/sync/apply.ts';
const DECIDE = 'shared/sync/decide.ts';
const BREACH = 'shared/sync/breach.ts';

export const planted: readonly Planted[] = [
  {
    name: 'cursor before rows',
    file: APPLY,
    find: '      let { chain } = state;\n',
    replace:
      "      changeState(db, { cursor: page.to });\n      db.raw.exec('COMMIT');\n      db.raw.exec('BEGIN IMMEDIATE');\n      let { chain } = state;\n",
    ...laptopKilled,
    named: 'at F5',
  },
  {
    name: 'row before its commit, in another transaction',
    file: 'main/engine/engine.ts',
    find: "        failpoint('F1');\n",
    replace:
      "        this.db.raw.exec('COMMIT');\n        this.db.raw.exec('BEGIN IMMEDIATE');\n        failpoint('F1');\n",
    ...laptopKilled,
    named: 'at F1$',
  },
  {
    name: 'hub writes without a transaction',
    file: 'hub/db.ts',
    find: '  await client.query(`BEGIN ${mode}`);\n',
    replace: "  await client.query('SELECT 1');\n  void mode;\n",
    test: 'test/sim/kills-hub',
    named: 'at F13',
  },
  {
    name: 'head read, not locked: numbers by sequence',
    file: 'hub/accept.ts',
    find: "'SELECT epoch, seq, chain FROM sync.head FOR UPDATE'",
    replace: "'SELECT epoch, seq, chain FROM sync.head'",
    test: 'test/sim/storm',
  },
  {
    name: 'content hash of a repeated number skipped',
    file: 'hub/incarnations.ts',
    find: 'before?.sha256 === commit.sha256 ?',
    replace: 'before ?',
    ...copied,
  },
  {
    name: 'last write wins in a field that must not be guessed',
    file: 'shared/sync/merge.ts',
    find: "    case 'C':\n      return { is: 'held' };",
    replace: "    case 'C':\n      return { is: 'clean', value: change.after };",
    ...badDays,
  },
  {
    name: 'removal without the version it saw',
    file: DECIDE,
    find: 'seq > (op.base ?? 0) &&',
    replace: 'seq > Infinity && op.base !== undefined &&',
    ...badDays,
  },
  {
    name: 'edit of a removed record brings it back',
    file: DECIDE,
    find: "  if (row.deletedAt !== null) return clash(op, index, 'deleted', { theirs: row.rv, ...mergedInto(row) });\n  const step",
    replace: '  void mergedInto;\n  const step',
    ...badDays,
  },
  {
    name: 'the hub does not compare chains: a restored store passes for the old one',
    file: 'hub/pages.ts',
    find: '(seq > 0 && chain !== past.chain)',
    replace: '(seq < 0 && chain !== past.chain)',
    ...restored,
  },
  {
    name: 'shadow forgotten',
    file: 'main/engine/sync/rebase.ts',
    find: 'keepImage(db, type, id, changed ? base : null);',
    replace: 'keepImage(db, type, id, changed && !base ? base : null);',
    test: 'test/sim/typing',
  },
  {
    name: 'verdict of a repeated commit made anew',
    file: 'hub/incarnations.ts',
    find: "{ is: 'known', answer: before.answer }",
    replace: '{ is: \'known\', answer: before.answer.replace(\'"outcome":"held"\', \'"outcome":"applied"\') }',
    ...badDays,
  },
  {
    name: 'commits renumbered that the hub has',
    file: 'main/engine/sync/fork.ts',
    find: "AND mut_no >= ? AND state = 'pending' ORDER BY",
    replace: "AND mut_no >= ? - 1 AND state <> 'held' ORDER BY",
    ...copied,
  },
  {
    name: 'epoch not turned after a restoration',
    file: 'hub/rejoin.ts',
    find: "  await client.query('UPDATE sync.head SET epoch = $1', [epoch]);\n",
    replace: '',
    test: 'test/sim/lost-past',
  },
  {
    name: 'versions of a lost past believed',
    file: 'hub/accept.ts',
    find: 'reading.ops.map((op) => unseen(op, source.seen))',
    replace: 'reading.ops.map((op) => unseen(op, null ?? (source.seen === -1 ? 0 : null)))',
    test: 'test/sim/lost-past',
  },
  {
    name: 'unique rule skipped',
    file: BREACH,
    find: '  if (!rival) return null;\n',
    replace: '  if (rival !== undefined) return null;\n',
    test: 'test/main/engine/sync/two-laptops',
  },
  {
    name: 'a step of a ticket done in part',
    file: DECIDE,
    find: 'const ROW_WISE = /^(?:transfer',
    replace: 'const ROW_WISE = /^(?:tickets|transfer',
    test: 'test/main/engine/sync/laws',
  },
  {
    name: 'dependants not held with what they build on',
    file: BREACH,
    find: 'world.live(field.table, target)) continue;',
    replace: 'target !== op.id) continue;',
    test: 'test/main/engine/sync/two-laptops',
  },
  {
    name: 'estimated time not held below the time of arrival',
    file: 'shared/sync/estimate.ts',
    find: 'Math.min(received, made.wall_ms + offset)',
    replace: 'Math.max(received, made.wall_ms + offset)',
    test: 'test/shared/sync',
  },
  {
    name: 'confirmed before its page is there',
    file: 'main/engine/sync/outbox.ts',
    find: "const state = result.outcome === 'applied' ? 'sent' : result.outcome;",
    replace: 'const state = result.outcome;',
    ...laptopKilled,
    named: 'at F7',
  },
  {
    name: 'checksum of a frame not looked at',
    file: 'shared/sync/wire.ts',
    find: 'if (this.#codec.crc32(payload) !== crc)',
    replace: 'if (this.#codec.crc32(payload) === -1 && crc)',
    test: 'test/sim/wire',
  },
  {
    name: 'rows of the lost past kept on the screen',
    file: APPLY,
    find: 'if (page.last && state.resync?.pulled === false) left += dropUnseen(db);',
    replace: '',
    ...restored,
  },
  {
    name: 'own commits sent out of their order',
    file: 'main/engine/sync/outbox.ts',
    find: 'ORDER BY ord LIMIT ?',
    replace: 'ORDER BY ord DESC LIMIT ?',
    ...badDays,
  },
];
