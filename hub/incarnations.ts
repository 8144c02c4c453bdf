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
const unknown = (device: string | null): Incarnation => ({
  device,
  last_mut_no: 0,
  last_sha256: '',
  old_upto: 0,
  old_seq: 0,
});

/** By the id as it was written: PostgreSQL reads a UUID in more than one spelling. */
async function readIncarnations(client: Client, ids: readonly string[]): Promise<Map<string, Incarnation>> {
  const { rows } = await client.query<Incarnation & { asked: string }>(
    `SELECT asked, device, last_mut_no, last_sha256, old_upto, old_seq
     FROM unnest($1::text[]) asked JOIN sync.incarnation ON id = asked::uuid ORDER BY id FOR UPDATE OF incarnation`,
    [ids],
  );
  return new Map(rows.map(({ asked, ...incarnation }) => [asked, incarnation]));
}

/** Locks it until the transaction ends. An unknown one has no commits yet. */
export const incarnationOf = async (client: Client, id: string, device: string | null): Promise<Incarnation> =>
  (await readIncarnations(client, [id])).get(id) ?? unknown(device);

interface Known {
  readonly sha256: string;
  /** The answer it was given, or its position among the commits that are being taken. */
  readonly answer: string | number;
}
export type KnownCommits = ReadonlyMap<string, Known>;
const keyOf = ({ incarnation, mut_no }: Pick<WireCommit, 'incarnation' | 'mut_no'>): string =>
  `${incarnation} ${mut_no}`;

type Place =
  { readonly is: 'new'; readonly seen: number | null } | { readonly is: 'known'; readonly answer: string | number };

/** Where commits of a request stand in their incarnations, which are locked until the transaction ends. */
export class Numbering {
  readonly #device: string;
  readonly #incarnations: Map<string, Incarnation>;
  readonly #taken = new Map<string, Known>();

  private constructor(device: string, incarnations: Map<string, Incarnation>) {
    this.#device = device;
    this.#incarnations = incarnations;
  }
  static async of(client: Client, commits: readonly WireCommit[], device: string): Promise<Numbering> {
    const ids = new Set(commits.map(({ incarnation }) => incarnation));
    return new Numbering(device, await readIncarnations(client, [...ids]));
  }

  last({ incarnation }: WireCommit): Incarnation {
    return this.#incarnations.get(incarnation) ?? unknown(this.#device);
  }
  /** The answer a commit was given before, or that it is the next of its incarnation; else what is wrong with it. */
  place(commit: WireCommit, known: KnownCommits): Place | Failure {
    const last = this.last(commit);
    if (last.device !== null && last.device !== this.#device) return fork(commit);
    if (commit.mut_no > last.last_mut_no + 1) return new Failure(409, 'GAP', { expected: last.last_mut_no + 1 });
    if (commit.mut_no === last.last_mut_no + 1) {
      if (commit.prev !== last.last_sha256) return fork(commit);
      return { is: 'new', seen: commit.mut_no <= last.old_upto ? last.old_seq : null };
    }
    const before = this.#taken.get(keyOf(commit)) ?? known.get(keyOf(commit));
    return before?.sha256 === commit.sha256 ? { is: 'known', answer: before.answer } : fork(commit);
  }
  /** The commit is the next of its incarnation and is taken at this position. */
  taken(commit: WireCommit, position: number): number {
    this.#incarnations.set(commit.incarnation, {
      ...this.last(commit),
      device: this.#device,
      last_mut_no: commit.mut_no,
      last_sha256: commit.sha256,
    });
    this.#taken.set(keyOf(commit), { sha256: commit.sha256, answer: position });
    return position;
  }
}

/** Those of the commits that the store has, with the answers they were given. */
export async function knownCommits(
  client: Client,
  numbering: Numbering,
  commits: readonly WireCommit[],
): Promise<KnownCommits> {
  const old = commits.filter((commit) => commit.mut_no <= numbering.last(commit).last_mut_no);
  if (old.length === 0) return new Map();
  const { rows } = await client.query<{ incarnation: string; mut_no: number; sha256: string; result: string }>(
    `SELECT asked.incarnation, asked.mut_no, sha256, result FROM unnest($1::text[], $2::int[]) AS asked(incarnation, mut_no)
     JOIN sync.commit done ON done.incarnation = asked.incarnation::uuid AND done.mut_no = asked.mut_no`,
    [old.map(({ incarnation }) => incarnation), old.map(({ mut_no }) => mut_no)],
  );
  return new Map(rows.map(({ sha256, result, ...key }) => [keyOf(key), { sha256, answer: result }]));
}

/** The same key with other content is a restored or copied laptop, never a replay (sync.md L5). */
const fork = (commit: WireCommit): Failure =>
  new Failure(409, 'CLIENT_FORK', { incarnation: commit.incarnation, mut_no: commit.mut_no });
