/**
 * The whole store in one file, taken while it runs and read by any later hub: one line of JSON that says what it is (epoch, last commit), the
 * tables as PostgreSQL's own COPY text, and a line with counts and a checksum that proves it whole; zstd over all. One snapshot, one transaction.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { transaction, type Client } from './db.ts';
import { noteEvent } from './events.ts';

const head = z.object({
  lanbook_hub_backup: z.literal(1),
  epoch: z.uuid(),
  seq: z.int().min(0),
  /** Number of the newest migration. */
  schema: z.int(),
  at: z.iso.datetime(),
  tables: z.array(z.object({ name: z.string().regex(/^(?:app|sync)\.[a-z_]+$/), columns: z.array(z.string()) })),
});
export type BackupHead = z.infer<typeof head>;
const foot = z.object({ rows: z.int(), sha256: z.string() });
/** COPY text marks its end so; no row can look like it, as a backslash in a value is doubled. */
const END = '\\.';

async function headOf(client: Client, now: number): Promise<BackupHead> {
  const { rows: heads } = await client.query<{ epoch: string; seq: number; schema: number }>(
    'SELECT epoch, seq, (SELECT max(number) FROM public.lanbook_schema)::int AS schema FROM sync.head',
  );
  // Devices first: what belongs to one refers to it.
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `SELECT table_schema || '.' || table_name AS name, array_agg(column_name::text ORDER BY ordinal_position) AS columns
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema IN ('app', 'sync') AND table_type = 'BASE TABLE'
     GROUP BY 1 ORDER BY table_schema || '.' || table_name <> 'sync.device', 1`,
  );
  const [first] = heads;
  if (!first) throw new Error('sync.head is empty');
  return { lanbook_hub_backup: 1, ...first, at: new Date(now).toISOString(), tables };
}

const copyOf = ({ name, columns }: BackupHead['tables'][number], direction: string): string =>
  `COPY ${name} (${columns.map((column) => `"${column}"`).join(', ')}) ${direction}`;

/** Every line of the backup. Chunks of COPY end where they like, so lines are made of them first. */
async function* linesOf(client: Client, what: BackupHead): AsyncGenerator<string> {
  yield JSON.stringify(what);
  for (const table of what.tables) {
    const copy = client.query(copyTo(copyOf(table, 'TO STDOUT')));
    yield* splitLines(copy);
    yield END;
  }
}

/** Adds the last line: how many there were, and the checksum over them. */
async function* sealed(lines: AsyncIterable<string>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const line of lines) {
    hash.update(`${line}\n`);
    rows += 1;
    yield `${line}\n`;
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`;
}

/** Writes the backup whole or not at all. Never over a file that is there. */
export async function writeBackup(client: Client, file: string, now: number): Promise<BackupHead> {
  if (await stat(file).catch(() => null)) throw new Error(`${file} is there already. Give the backup another name.`);
  const folder = dirname(resolve(file));
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new Error(`There is no folder ${folder}. Make it first, or name another.`);
  const what = await transaction(
    client,
    async () => {
      const told = await headOf(client, now);
      await pipeline(
        Readable.from(sealed(linesOf(client, told))),
        createZstdCompress(),
        createWriteStream(`${file}.part`, { mode: 0o600, flush: true }),
      );
      return told;
    },
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  ).catch(async (error: unknown) => {
    await rm(`${file}.part`, { force: true });
    throw error;
  });
  await rename(`${file}.part`, file);
  return what;
}

const damaged = (file: string, why: string): Error => new Error(`${file} is not a whole backup of a hub (${why}).`);

/** Reads every line once and proves the file whole, before anything is written anywhere. */
export async function inspectBackup(file: string): Promise<BackupHead> {
  const hash = createHash('sha256');
  let rows = 0;
  let first: string | null = null;
  let last: string | null = null;
  try {
    for await (const line of rawLines(file)) {
      first ??= line;
      if (last !== null) {
        hash.update(`${last}\n`);
        rows += 1;
      }
      last = line;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(`There is no file ${file}.`, { cause: error });
    throw damaged(file, 'it cannot be unpacked');
  }
  const end = foot.safeParse(json(last));
  if (!end.success || end.data.rows !== rows || end.data.sha256 !== hash.digest('hex'))
    throw damaged(file, 'its end is missing or its checksum differs');
  const told = head.safeParse(json(first));
  if (!told.success) throw damaged(file, 'it begins with something else');
  return told.data;
}

async function* rawLines(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file);
  const text = createZstdDecompress();
  packed.on('error', (error) => text.destroy(error));
  yield* splitLines(packed.pipe(text));
}

/** At line feeds alone: Node's readline would also cut at U+2028, which a value may hold. */
async function* splitLines(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function json(line: string | null): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return null;
  }
}

/** Fills an empty store, in one transaction. The laptops find out by themselves and bring back what came after (hub/rejoin.ts). */
export async function restoreBackup(client: Client, file: string): Promise<BackupHead> {
  const what = await inspectBackup(file);
  await transaction(client, async () => {
    const { rows } = await client.query<{ schema: number; commits: number }>(
      'SELECT (SELECT max(number) FROM public.lanbook_schema)::int AS schema, (SELECT count(*) FROM sync.commit)::int AS commits',
    );
    const here = rows[0] ?? { schema: 0, commits: 0 };
    if (what.schema > here.schema)
      throw new Error(`${file} is of a newer hub (${what.schema} is above ${here.schema}). Upgrade the hub first.`);
    if (here.commits > 0)
      throw new Error(
        'This store holds work already. Restore into a new, empty --data folder (or database), then start the hub there.',
      );
    await client.query(`TRUNCATE ${what.tables.map(({ name }) => name).join(', ')} CASCADE`);
    const lines = rawLines(file)[Symbol.asyncIterator]();
    await lines.next();
    for (const table of what.tables) {
      async function* rowsOf(): AsyncGenerator<string> {
        for (let line = await lines.next(); !line.done && line.value !== END; line = await lines.next())
          yield `${line.value}\n`;
      }
      await pipeline(Readable.from(rowsOf()), client.query(copyFrom(copyOf(table, 'FROM STDIN'))));
    }
    for (const table of ['sync.event', 'sync.quarantine'])
      await client.query(
        `SELECT setval(pg_get_serial_sequence('${table}', 'number'), max(number)) FROM ${table} HAVING max(number) IS NOT NULL`,
      );
    // It was taken after the last line it holds: this store was saved then, whatever its own log says.
    await noteEvent(client, {
      now: Date.parse(what.at),
      kind: 'backup',
      device: null,
      address: 'console',
      success: true,
      detail: `restored, commit ${what.seq}`,
    });
  });
  return what;
}
