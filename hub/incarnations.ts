/** Incarnations of laptops: their commits come in their own order without a gap, each once, and with one content (sync.md L5). */
import type { WireCommit } from '../shared/sync/frames.ts';
import type { Client } from './db.ts';
import { Failure } from './failure.ts';

export interface Incarnation {
  /** Null while only others have offered commits of it. */
  readonly device: string | null;
  readonly last_mut_no: number;
  readonly last_sha256: string;
  readonly old_upto: number;
  readonly old_seq: number;
}

/** Locks it until the transaction ends. An unknown one has no commits yet. */
export async function incarnationOf(client: Client, id: string, device: string | null): Promise<Incarnation> {
  const { rows } = await client.query<Incarnation>(
    'SELECT device, last_mut_no, last_sha256, old_upto, old_seq FROM sync.incarnation WHERE id = $1 FOR UPDATE',
    [id],
  );
  return rows[0] ?? { device, last_mut_no: 0, last_sha256: '', old_upto: 0, old_seq: 0 };
}

/** The answer a commit was given before; null when it is the next of its incarnation. */
export async function replayed(client: Client, last: Incarnation, commit: WireCommit): Promise<string | null> {
  if (commit.mut_no > last.last_mut_no + 1) throw new Failure(409, 'GAP', { expected: last.last_mut_no + 1 });
  if (commit.mut_no === last.last_mut_no + 1) {
    if (commit.prev !== last.last_sha256) throw fork(commit);
    return null;
  }
  const { rows: done } = await client.query<{ sha256: string; result: string }>(
    'SELECT sha256, result FROM sync.commit WHERE incarnation = $1 AND mut_no = $2',
    [commit.incarnation, commit.mut_no],
  );
  if (done[0]?.sha256 !== commit.sha256) throw fork(commit);
  return done[0].result;
}

/** The same key with other content is a restored or copied laptop, never a replay (sync.md L5). */
export const fork = (commit: WireCommit): Failure =>
  new Failure(409, 'CLIENT_FORK', { incarnation: commit.incarnation, mut_no: commit.mut_no });
