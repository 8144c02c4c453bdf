/** The hub's side of the comparison of rows (shared/sync/digest.ts): computed from the tables in one snapshot, once for all who ask at one commit. */
import type { z } from 'zod';
import { projectRow } from '../shared/sync/schema.ts';
import {
  comparedTables,
  Digest,
  type digestAnswer,
  type digestQuery,
  type partAnswer,
  type partRequest,
} from '../shared/sync/digest.ts';
import { sha256 } from './codec.ts';
import { transaction, type Client } from './db.ts';
import { Failure } from './failure.ts';
import { readHead } from './pages.ts';
import { readRows } from './rows.ts';

/** Rows in memory at a time. */
const CHUNK = 5000;
const FIRST = '00000000-0000-0000-0000-000000000000';
const SNAPSHOT = 'ISOLATION LEVEL REPEATABLE READ READ ONLY';

interface Kept {
  readonly key: string;
  readonly answer: z.infer<typeof digestAnswer>;
}
let kept: Kept | null = null;

/** Null when the store is at another commit by now: both sides must speak of the same. */
export async function digestAt(
  client: Client,
  { seq, schema }: z.infer<typeof digestQuery>,
): Promise<z.infer<typeof digestAnswer> | null> {
  return transaction(
    client,
    async () => {
      const head = await readHead(client);
      if (head.seq !== seq) return null;
      const key = `${head.chain} ${schema}`;
      if (kept?.key === key) return kept.answer;
      const digest = new Digest(sha256);
      for (const { table, names } of comparedTables(schema))
        for await (const chunk of chunksOf(client, table))
          for (const [id, row] of chunk) digest.add(table, names, { id, ...row });
      kept = { key, answer: { seq, parts: digest.parts } };
      return kept.answer;
    },
    SNAPSHOT,
  );
}

async function* chunksOf(client: Client, table: string): AsyncGenerator<Awaited<ReturnType<typeof readRows>>> {
  let after = FIRST;
  for (;;) {
    const chunk = await readRows(client, table, `id > $1 ORDER BY id LIMIT ${CHUNK}`, [after]);
    yield chunk;
    const last = [...chunk.keys()].at(-1);
    if (chunk.size < CHUNK || last === undefined) return;
    after = last;
  }
}

/** The rows of some parts as they are now, in the shape of a page's. */
export async function partsAt(
  client: Client,
  { seq, schema, table, parts }: z.infer<typeof partRequest>,
): Promise<z.infer<typeof partAnswer> | null> {
  if (!comparedTables(schema).some((type) => type.table === table)) throw new Failure(400, 'BAD_REQUEST');
  return transaction(
    client,
    async () => {
      if ((await readHead(client)).seq !== seq) return null;
      const found = await readRows(client, table, 'right(id::text, 2) = ANY($1)', [
        parts.map((number) => number.toString(16).padStart(2, '0')),
      ]);
      const rows = [...found].flatMap(
        ([id, { values, rv, deletedAt }]) => projectRow({ table, id, rv, deleted_at: deletedAt, values }, schema) ?? [],
      );
      return { rows };
    },
    SNAPSHOT,
  );
}
