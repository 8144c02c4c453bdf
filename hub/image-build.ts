/**
 * Builds one image of the store, as a process of its own: other rounds go on meanwhile, and its memory goes with it. Reads what to do as one line of
 * JSON from standard input (an address of a database is not for everybody to read), writes what it made as one line to standard output.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { constants, createZstdCompress } from 'node:zlib';
import { z } from 'zod';
import { SCHEMA, type Op } from '../shared/commit.ts';
import { records } from '../shared/records.ts';
import type { PageCommit, PageRow } from '../shared/sync/frames.ts';
import { imageTables, type ImageAnswer } from '../shared/sync/image.ts';
import { openPool, transaction, withClient, type Client } from './db.ts';
import { failpoint } from './failpoint.ts';
import { commitsAfter } from './feed.ts';
import { readHead } from './pages.ts';
import { readPageRowsAfter } from './rows.ts';

/** Rows, and commits, that are in memory at once. */
const CHUNK = 2000;

const imageJob = z.object({ url: z.string(), file: z.string() });
export interface BuiltImage extends ImageAnswer {
  /** Of the commit it was made at: a store that was restored to before it has another one there. */
  readonly chain: string;
}

const inserts = (db: DatabaseSync, table: string): ((values: readonly SQLInputValue[]) => void) => {
  const columns = imageTables.get(table) ?? [];
  db.exec(`CREATE TABLE ${table} (${columns.map((name) => `"${name}"`).join(', ')})`);
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
  return (values) => void insert.run(...values);
};

const toStored = (value: PageRow['values'][string] | undefined): SQLInputValue =>
  value === undefined ? null : typeof value === 'boolean' ? Number(value) : value;

async function writeRows(client: Client, db: DatabaseSync): Promise<void> {
  for (const { table, fields } of records) {
    const insert = inserts(db, table);
    const names = Object.keys(fields);
    for (let after: string | null = null; ;) {
      const rows: PageRow[] = await readPageRowsAfter(client, table, after, CHUNK);
      for (const { id, rv, deleted_at, values } of rows)
        insert([id, rv, deleted_at, ...names.map((name) => toStored(values[name]))]);
      failpoint('F17');
      after = rows.at(-1)?.id ?? null;
      if (rows.length < CHUNK) break;
    }
  }
}

async function writeLog(client: Client, db: DatabaseSync, seq: number): Promise<void> {
  const insertCommit = inserts(db, '_commits');
  const insertOp = inserts(db, '_ops');
  for (let at = 0; at < seq;) {
    const commits: PageCommit[] = await commitsAfter(client, at, seq, CHUNK);
    for (const { bodies, result, ...head } of commits) {
      insertCommit([
        head.seq,
        head.incarnation,
        head.mut_no,
        head.batch,
        head.actor,
        head.command,
        head.reason,
        head.schema,
        JSON.stringify(head.clock),
        head.est_at,
        head.prev,
        head.sha256,
        head.signature,
        result.outcome,
        JSON.stringify(result),
      ]);
      for (const body of bodies ?? []) {
        const { op, table, id } = JSON.parse(body) as Op;
        insertOp([head.seq, op, table, id, body]);
      }
    }
    const last = commits.at(-1);
    if (!last) throw new Error('the log has a hole');
    at = last.seq;
  }
}

/** Everything in one snapshot of PostgreSQL. */
async function fill(url: string, db: DatabaseSync): Promise<Pick<BuiltImage, 'epoch' | 'seq' | 'chain'>> {
  const pool = openPool(url, 1);
  try {
    return await withClient(pool, (client) =>
      transaction(
        client,
        async () => {
          const { epoch, seq, chain } = await readHead(client);
          db.exec('BEGIN');
          await writeRows(client, db);
          await writeLog(client, db, seq);
          db.exec('COMMIT');
          return { epoch, seq, chain };
        },
        'ISOLATION LEVEL REPEATABLE READ READ ONLY',
      ),
    );
  } finally {
    await pool.end();
  }
}

async function build({ url, file }: z.infer<typeof imageJob>): Promise<BuiltImage> {
  const plain = `${file}.db`;
  const db = new DatabaseSync(plain);
  // Half an image is thrown away: nothing here has to outlive a crash.
  db.exec('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF');
  const at = await fill(url, db);
  db.close();
  const { size } = await stat(plain);
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const params = { [constants.ZSTD_c_compressionLevel]: 3 };
  await pipeline(
    createReadStream(plain),
    createZstdCompress({ params }),
    hashed,
    createWriteStream(file, { mode: 0o600 }),
  );
  await rm(plain);
  return { ...at, schema: SCHEMA, bytes: (await stat(file)).size, sha256: hash.digest('hex'), size };
}

if (import.meta.main) {
  const built = await build(imageJob.parse(JSON.parse(await text(process.stdin))));
  console.log(JSON.stringify(built));
}
