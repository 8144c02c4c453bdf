/**
 * Frozen copies. What is printed or submitted is stored word for word, so that a reprint years later, or on another laptop, gives
 * the same content under the same number, and so that red rows have something fixed to differ from.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { documentParts, documents } from '../../shared/features/documents.ts';
import type { RowOf } from '../../shared/record.ts';
import { refuse } from '../../shared/refusal.ts';
import { decode } from './codec.ts';
import { sha256 } from './commits.ts';
import type { ReadDb } from './db.ts';
import type { WriteDb } from './door.ts';
import { nextNumber } from './numbers.ts';
import { readRow } from './read-row.ts';

export type DocumentRow = RowOf<typeof documents>;

/** Base64 characters of one piece: it must fit the declaration, and a commit (700,000 bytes) must hold at least one. */
const PIECE = 262_144;
/** A document that unpacks to more is damaged or hostile (100,000 assets of F-03 are about 60 MB of JSON). */
const LARGEST = 512 * 1024 * 1024;

export interface Freezing {
  /** `F-25`. */
  readonly form: string;
  /** Code of the number, by the print matrix (domain.md §2.4): `JJ`, `BX`, `ZC`. */
  readonly code: string;
  readonly title: string;
  readonly kind: DocumentRow['kind'];
  /** Anything JSON can carry. */
  readonly content: unknown;
  /** A number that was given out before (the handover's own); else the next one of the code. */
  readonly number?: string;
}
/** What freezing needs to know of the engine. */
export interface Maker {
  today(): string;
  machine(): string;
  actor(): string;
  readonly clock: { now(): number };
}

/** Stores the content with its checksum, in pieces that sync can carry. Inside a command. */
export function freeze(
  tx: WriteDb,
  engine: Maker,
  { form, code, title, kind, content, number }: Freezing,
): DocumentRow {
  const text = JSON.stringify(content);
  const packed = gzipSync(text).toString('base64');
  const parts = Math.ceil(packed.length / PIECE);
  const document = tx.insert(documents, {
    number: number ?? nextNumber(tx, code, engine.machine(), engine.today()),
    form,
    title,
    kind,
    made_on: engine.today(),
    made_at: Math.trunc(engine.clock.now()),
    author: engine.actor(),
    sha256: sha256(text),
    parts,
  });
  for (let part = 0; part < parts; part += 1)
    tx.append(documentParts, { document_id: document.id, part, data: packed.slice(part * PIECE, (part + 1) * PIECE) });
  return document;
}

/** Every frozen copy under a number, newest first. */
export const papersOf = (db: ReadDb, number: string): DocumentRow[] =>
  db
    .all('SELECT * FROM documents WHERE number = ? AND deleted_at IS NULL ORDER BY made_at DESC, id DESC', number)
    .map((raw) => decode(documents, raw));

/**
 * The content as it was frozen. Refuses `document_incomplete` while pieces have not arrived by sync yet, and `document_damaged` when the
 * content is not what the checksum says: a paper is never printed from a doubtful copy.
 */
export function thaw(db: ReadDb, id: string): unknown {
  const document = readRow(db, documents, id);
  const pieces = db.all<{ data: string }>('SELECT data FROM document_parts WHERE document_id = ? ORDER BY part', id);
  if (pieces.length < document.parts) throw refuse('document_incomplete', { number: document.number });
  const text = unpack(pieces.map(({ data }) => data).join(''));
  if (text === null || sha256(text) !== document.sha256) throw refuse('document_damaged', { number: document.number });
  return JSON.parse(text);
}

function unpack(packed: string): string | null {
  try {
    return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: LARGEST }).toString('utf8');
  } catch {
    return null;
  }
}
