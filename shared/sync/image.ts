/**
 * The first sync by image (sync.md 2.4): the store at one commit as an SQLite file that a laptop takes over as a whole. What the file holds is said
 * here once: the hub writes these tables, a laptop takes no others.
 */
import { z } from 'zod';
import { records } from '../records.ts';

/** Fetching row by row is as good below this many rows of the feed. */
export const IMAGE_ROWS = 5000;

/** The newest image of a store. */
export const imageAnswer = z.object({
  schema: z.int().positive(),
  epoch: z.string(),
  seq: z.int().min(0),
  /** Of the file as it travels (zstd): length, and SHA-256 in hexadecimal. */
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Length of the SQLite file itself. */
  size: z.int().positive(),
});
export type ImageAnswer = z.infer<typeof imageAnswer>;

/** Columns of the log as the image tells it; `hidden` as in the laptop's own log. */
export const imageCommits = [
  'seq',
  'incarnation',
  'mut_no',
  'batch',
  'actor',
  'command',
  'reason',
  'schema',
  'clock',
  'at',
  'prev',
  'sha256',
  'signature',
  'state',
  'result',
] as const;
export const imageOps = ['seq', 'op', 'tbl', 'row_id', 'body'] as const;

/** Every table of an image with its columns, in order. The log is told by hub commit, operations in the order they were made. */
export const imageTables: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...records.map(
    ({ table, fields }) => [table, ['id', 'rv', 'deleted_at', ...Object.keys(fields)]] as [string, string[]],
  ),
  ['_commits', imageCommits],
  ['_ops', imageOps],
]);
