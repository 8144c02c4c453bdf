/** Turns what a decision left open into conflict records: ordinary synced rows, so that everybody involved sees both values. */
import { createHash } from 'node:crypto';
import type { Op } from '../shared/commit.ts';
import type { Author, HubRow } from '../shared/sync/world.ts';
import type { Clash, Incoming } from '../shared/sync/decide.ts';
import { LAST_MS } from '../shared/sync/estimate.ts';
import type { CommitHead } from '../shared/sync/frames.ts';

/** The same commit always leaves conflicts of the same ids, also when a restored hub is offered it again (sync.md 2.9). */
export function conflictId(head: CommitHead, index: number): string {
  const hex = createHash('sha256').update(`${head.incarnation} ${head.mut_no} ${head.sha256} ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Of a patch that was done in part, only the part that was not. */
function opsOf(clash: Clash, ops: readonly Op[]): Op[] {
  return clash.ops.flatMap((index) => {
    const op = ops[index];
    if (!op) return [];
    if (op.op !== 'patch' || (clash.kind !== 'field' && !clash.noted) || clash.ops.length > 1) return [op];
    const names = new Set(clash.fields.map(({ field }) => field));
    return [{ ...op, fields: Object.fromEntries(Object.entries(op.fields).filter(([name]) => names.has(name))) }];
  });
}

/** `now` is the hub's clock: from then on the conflict waits for a person. */
export function conflictRow(
  clash: Clash,
  commit: Incoming,
  head: CommitHead,
  theirs: Author | undefined,
  now: number,
): HubRow {
  return {
    values: {
      kind: clash.kind,
      tbl: clash.table,
      row_id: clash.id,
      rule: clash.rule ?? null,
      fields: JSON.stringify(clash.fields),
      ops: JSON.stringify(opsOf(clash, commit.ops)),
      holder_id: clash.holder ?? null,
      parent_id: clash.parent ?? null,
      mine_actor: head.actor,
      mine_at: commit.est_at,
      mine_unc: commit.unc_ms,
      theirs_actor: theirs?.actor ?? null,
      theirs_at: theirs?.est_at ?? null,
      incarnation: head.incarnation,
      mut_no: head.mut_no,
      command: head.command,
      reason: head.reason,
      state: clash.noted ? 'noted' : 'open',
      how: null,
      resolved_by: null,
      resolved_at: null,
      raised_at: Math.trunc(now),
      mine_wall: Math.min(LAST_MS, Math.max(0, head.clock.wall_ms)),
      theirs_seq: theirs ? (clash.theirs ?? null) : null,
      theirs_unc: theirs?.unc_ms ?? null,
      asked_by: null,
      asked_at: null,
      asked_note: null,
    },
    rv: commit.seq,
    fv: {},
    deletedAt: null,
  };
}
