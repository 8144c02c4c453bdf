/** Bytes of attachments in the store: taken piece by piece, readable only when their hash was right, let go when nothing refers to them any more. */
import { createHash } from 'node:crypto';
import type { BlobAnswer } from '../shared/sync/blob.ts';
import { transaction, type Client } from './db.ts';
import { failpoint } from './failpoint.ts';
import { Failure } from './failure.ts';

export const MAX_PIECE = 256 * 1024;
const DAY_MS = 86_400_000;
/** Longer than anybody takes to take a removal back. */
export const KEPT_MS = 30 * DAY_MS;
/** A laptop that brings more than this in a day is broken or hostile: 2 GiB are a hundred photos at the limit of 20 MiB. */
export const BYTES_A_DAY = 2 * 1024 ** 3;

interface Blob {
  readonly size: number;
  readonly state: 'partial' | 'whole';
  readonly received: number;
  readonly uploaded_by: string;
}
/** The whole file, whoever brought it; else what this laptop has brought of it. Pieces of others are nobody's business until they are whole. */
const read = async (client: Client, sha256: string, device: string | null): Promise<Blob | null> =>
  (
    await client.query<Blob>(
      `SELECT size, state, received, uploaded_by FROM sync.blob WHERE sha256 = $1 AND (state = 'whole' OR uploaded_by = $2)
       ORDER BY (state = 'whole') DESC LIMIT 1`,
      [sha256, device],
    )
  ).rows[0] ?? null;

const answerOf = (blob: Blob | null): BlobAnswer => ({
  offset: blob?.received ?? 0,
  complete: blob?.state === 'whole',
});

/** Only what a living attachment names is taken or told: its row comes first, by the commits. One that names another size does not stand in the way. */
async function announced(client: Client, sha256: string): Promise<{ size: number; type: string }[]> {
  const { rows } = await client.query<{ size: number; type: string }>(
    'SELECT DISTINCT ON (size) size, type FROM app.attachments WHERE sha256 = $1 AND deleted_rv IS NULL ORDER BY size, rv',
    [sha256],
  );
  if (rows.length === 0) throw new Failure(404, 'BLOB_UNKNOWN');
  return rows;
}

export async function offsetOf(client: Client, device: string, sha256: string): Promise<BlobAnswer> {
  await announced(client, sha256);
  return answerOf(await read(client, sha256, device));
}

export interface Piece {
  readonly sha256: string;
  readonly at: number;
  /** Size of the whole file. */
  readonly of: number;
  readonly bytes: Buffer;
}

/** Takes the part of a piece that is new. The last one makes the whole readable, or all of it is dropped: what was named is not what came. */
export async function takePiece(client: Client, device: string, piece: Piece, now: number): Promise<BlobAnswer> {
  const answer = await transaction(client, () => take(client, device, piece, now));
  if (answer instanceof Failure) throw answer;
  return answer;
}

async function take(
  client: Client,
  device: string,
  { sha256, at, of, bytes }: Piece,
  now: number,
): Promise<BlobAnswer | Failure> {
  const named = (await announced(client, sha256)).find(({ size }) => size === of);
  if (!named) throw new Failure(422, 'BLOB_WRONG');
  const { size, type } = named;
  // Two laptops may end the same file at once: one after the other, so that the second finds it whole.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [sha256]);
  let blob = await read(client, sha256, device);
  if (blob?.state === 'partial' && blob.size !== size) {
    await startAgain(client, sha256, device, size);
    blob = { ...blob, size, received: 0 };
  }
  if (!blob) {
    await checkQuota(client, device, size, now);
    blob = { size, state: 'partial', received: 0, uploaded_by: device };
    await client.query(
      `INSERT INTO sync.blob (sha256, size, type, state, received, uploaded_by, at) VALUES ($1, $2, $3, 'partial', 0, $4, $5)`,
      [sha256, size, type, device, new Date(now)],
    );
  }
  if (blob.state === 'whole' || at + bytes.length <= blob.received) return answerOf(blob);
  if (at > blob.received) throw new Failure(409, 'BLOB_GAP', { offset: blob.received });
  const fresh = bytes.subarray(blob.received - at);
  const received = blob.received + fresh.length;
  if (received > size) throw new Failure(422, 'BLOB_WRONG');
  await client.query('INSERT INTO sync.blob_chunk (sha256, uploaded_by, "offset", bytes) VALUES ($1, $2, $3, $4)', [
    sha256,
    device,
    blob.received,
    fresh,
  ]);
  if (received < size) {
    await client.query('UPDATE sync.blob SET received = $3 WHERE sha256 = $1 AND uploaded_by = $2', [
      sha256,
      device,
      received,
    ]);
    return { offset: received, complete: false };
  }
  if ((await hashOf(client, sha256, device)) !== sha256) {
    await startAgain(client, sha256, device, size);
    return new Failure(422, 'BLOB_WRONG');
  }
  await client.query('DELETE FROM sync.blob WHERE sha256 = $1 AND uploaded_by <> $2', [sha256, device]);
  await client.query("UPDATE sync.blob SET received = $3, state = 'whole' WHERE sha256 = $1 AND uploaded_by = $2", [
    sha256,
    device,
    received,
  ]);
  return { offset: received, complete: true };
}

/** What a laptop brought of a file so far goes: it starts again. The line stays, as its bytes count for the day. */
async function startAgain(client: Client, sha256: string, device: string, size: number): Promise<void> {
  await client.query('DELETE FROM sync.blob_chunk WHERE sha256 = $1 AND uploaded_by = $2', [sha256, device]);
  await client.query('UPDATE sync.blob SET received = 0, size = $3 WHERE sha256 = $1 AND uploaded_by = $2', [
    sha256,
    device,
    size,
  ]);
}

async function checkQuota(client: Client, device: string, size: number, now: number): Promise<void> {
  const { rows } = await client.query<{ sum: string | null }>(
    'SELECT sum(size) AS sum FROM sync.blob WHERE uploaded_by = $1 AND at > $2',
    [device, new Date(now - DAY_MS)],
  );
  if (Number(rows[0]?.sum ?? 0) + size > BYTES_A_DAY) throw new Failure(429, 'TOO_MANY', { seconds: 3600 });
}

/** Some pieces at a time: the file need not fit into memory beside its copies. */
async function hashOf(client: Client, sha256: string, device: string): Promise<string> {
  const hash = createHash('sha256');
  for (let after = -1; ;) {
    const { rows } = await client.query<{ offset: number; bytes: Buffer }>(
      'SELECT "offset", bytes FROM sync.blob_chunk WHERE sha256 = $1 AND uploaded_by = $2 AND "offset" > $3 ORDER BY "offset" LIMIT 16',
      [sha256, device, after],
    );
    for (const { offset, bytes } of rows) {
      hash.update(bytes);
      after = offset;
    }
    if (rows.length < 16) return hash.digest('hex');
  }
}

/** Bytes from `at`, at most `most`; refuses what is not whole. */
export async function readPiece(
  client: Client,
  sha256: string,
  at: number,
  most: number,
): Promise<{ bytes: Buffer; total: number }> {
  await announced(client, sha256);
  const blob = await read(client, sha256, null);
  if (blob?.state !== 'whole') throw new Failure(404, 'BLOB_PENDING');
  if (at >= blob.size) throw new Failure(416, 'BLOB_RANGE');
  const end = Math.min(blob.size, at + most);
  const { rows } = await client.query<{ offset: number; bytes: Buffer }>(
    'SELECT "offset", bytes FROM sync.blob_chunk WHERE sha256 = $1 AND uploaded_by = $2 AND "offset" < $4 AND "offset" + length(bytes) > $3 ORDER BY "offset"',
    [sha256, blob.uploaded_by, at, end],
  );
  const pieces = rows.map(({ offset, bytes }) => bytes.subarray(Math.max(0, at - offset), end - offset));
  return { bytes: Buffer.concat(pieces), total: blob.size };
}

/** Lets go of what no attachment named for 30 days. Returns how many; running it twice or in two hubs at once does no harm. */
export async function dropUnused(client: Client, now: number): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM sync.blob b WHERE b.at < $1 AND NOT EXISTS (
       SELECT 1 FROM app.attachments a WHERE a.sha256 = b.sha256 AND (a.deleted_rv IS NULL OR a.deleted_at > $1))`,
    [new Date(now - KEPT_MS)],
  );
  failpoint('F18');
  return rowCount ?? 0;
}
