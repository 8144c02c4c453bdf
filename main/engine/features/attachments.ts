/** Attachments: bringing, showing, renaming, removing. The bytes travel by themselves (sync/blobs.ts). */
import { rmSync, readFileSync } from 'node:fs';
import {
  attachments,
  MAX_FILE_BYTES,
  type Attachment,
  type Attachable,
  type BlobState,
  type ShownAttachment,
} from '../../../shared/features/attachments.ts';
import { imageOf } from '../../../shared/features/attachments/image.ts';
import { recordOf } from '../../../shared/records.ts';
import { refuse } from '../../../shared/refusal.ts';
import { cleanText } from '../../../shared/untrusted.ts';
import { appendPart, hashOf, hasBlob, partPath, readBlob, settle, sizeOf } from '../blobs/files.ts';
import { kindOf, needKind } from '../blobs/kind.ts';
import { blobOf, catchUp, enterOwn, markLost, markUsed, markWanted, setLimit, spaceOf } from '../blobs/ledger.ts';
import { percentOf } from '../blobs/progress.ts';
import { decode } from '../codec.ts';
import type { Engine } from '../engine.ts';
import { newId } from '../ids.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { readState } from '../sync/state.ts';

const MIB = 1024 * 1024;
const PIECE = 384 * 1024;

/** Of a name as it was given: no folders, no control characters, and never empty. */
const cleanName = (name: string): string =>
  cleanText(name.replaceAll('\\', '/').split('/').at(-1) ?? '', 200).trim() || '—';

const rowsOf = (engine: Engine, table: string, id: string): Attachment[] =>
  engine.db
    .all('SELECT * FROM attachments WHERE row_id = ? AND tbl = ? AND deleted_at IS NULL ORDER BY id', id, table)
    .map((raw) => decode(attachments, raw));

const machineOf = (author: string): string => author.slice(author.lastIndexOf('@') + 1);

function stateOf(engine: Engine, row: Attachment): BlobState {
  const blob = blobOf(engine.db, row.sha256);
  const epoch = readState(engine.db)?.epoch ?? null;
  if (blob?.here) {
    if (epoch === null) return 'local';
    if (blob.stored_in === epoch) return 'stored';
    return percentOf(engine, row.sha256) === null ? 'waiting' : 'sending';
  }
  return blob?.problem === 'attachment_pending' ? 'pending' : 'coming';
}

/** A picture of a row may come from anybody: only what begins as a picture is shown as one. */
function thumbOf({ thumb }: Attachment): string | null {
  return thumb !== null && imageOf(Buffer.from(thumb, 'base64')) ? thumb : null;
}

function shown(engine: Engine, row: Attachment): ShownAttachment {
  const blob = blobOf(engine.db, row.sha256);
  return {
    ...row,
    thumb: thumbOf(row),
    state: stateOf(engine, row),
    here: blob?.here === 1,
    percent: percentOf(engine, row.sha256),
    machine: machineOf(row.author),
    problem: blob?.problem ?? null,
  };
}

/** Refuses when the record is not there (any more). */
function needTarget(engine: Engine, table: Attachable, id: string): void {
  const type = recordOf(table);
  if (!type || engine.db.value(`SELECT 1 FROM ${table} WHERE id = ? AND deleted_at IS NULL`, id) === undefined)
    throw refuse('not_found');
}

async function add(
  engine: Engine,
  input: { table: Attachable; id: string; upload: string; name: string; thumb: string | null; note: string | null },
): Promise<{ attachment: Attachment; batch: string }> {
  const part = partPath(engine.dir, 'up', input.upload);
  const name = cleanName(input.name);
  try {
    needTarget(engine, input.table, input.id);
    const author = engine.actor();
    if (sizeOf(part) === 0) throw refuse('attachment_empty', { name });
    const bytes = readFileSync(part);
    const type = await needKind(bytes, name);
    const sha256 = hashOf(bytes);
    const double = rowsOf(engine, input.table, input.id).find((row) => row.sha256 === sha256);
    if (double) throw refuse('attachment_double', { name: double.name });
    if (!hasBlob(engine.dir, sha256)) settle(engine.dir, part, sha256);
    enterOwn(engine, sha256, bytes.length);
    const { result, batch } = engine.commit('attachments.add', (tx) =>
      tx.insert(attachments, {
        tbl: input.table,
        row_id: input.id,
        name,
        sha256,
        size: bytes.length,
        type,
        thumb:
          input.thumb !== null && imageOf(bytes) && imageOf(Buffer.from(input.thumb, 'base64')) ? input.thumb : null,
        note: input.note,
        at: Math.trunc(engine.clock.now()),
        author,
      }),
    );
    return { attachment: result, batch };
  } finally {
    rmSync(part, { force: true });
  }
}

async function* read(engine: Engine, id: string): AsyncGenerator<{ data: string }> {
  const row = readRow(engine.db, attachments, id);
  catchUp(engine);
  const bytes = blobOf(engine.db, row.sha256)?.here ? readBlob(engine.dir, row.sha256) : null;
  if (!bytes) {
    markLost(engine, row.sha256);
    markWanted(engine, row.sha256);
    engine.changed(['blobs']);
    throw refuse('attachment_away', { name: row.name, machine: machineOf(row.author) });
  }
  // The row may say anything: the bytes decide what it is opened as.
  if ((await kindOf(bytes, `x.${row.type}`)) !== row.type) throw refuse('attachment_kind', { name: row.name });
  markUsed(engine, row.sha256);
  for (let at = 0; at < bytes.length; at += PIECE) yield { data: bytes.subarray(at, at + PIECE).toString('base64') };
}

export const attachmentsRouter = os.attachments.router({
  list: os.attachments.list.handler(({ input, context: { engine } }) => {
    catchUp(engine);
    return rowsOf(engine, input.table, input.id).map((row) => shown(engine, row));
  }),
  upload: os.attachments.upload.handler(({ input, context: { engine } }) => {
    const upload = input.upload ?? newId(engine.clock.now());
    const part = partPath(engine.dir, 'up', upload);
    const bytes = Buffer.from(input.data, 'base64');
    if (sizeOf(part) + bytes.length > MAX_FILE_BYTES) {
      rmSync(part, { force: true });
      throw refuse('attachment_size', { max: MAX_FILE_BYTES / MIB });
    }
    try {
      return { upload, bytes: appendPart(part, bytes) };
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  }),
  cancel: os.attachments.cancel.handler(({ input, context: { engine } }) => {
    rmSync(partPath(engine.dir, 'up', input.upload), { force: true });
    return { upload: input.upload };
  }),
  add: os.attachments.add.handler(({ input, context: { engine } }) => add(engine, input)),
  update: os.attachments.update.handler(({ input, context: { engine } }) =>
    engine.command('attachments.update', (tx) => {
      const { name, note } = input.changes;
      return tx.patch(attachments, input.id, {
        ...(name === undefined ? {} : { name: cleanName(name) }),
        ...(note === undefined ? {} : { note: note === null ? null : cleanText(note, 500) }),
      });
    }),
  ),
  remove: os.attachments.remove.handler(({ input, context: { engine } }) => {
    const { batch } = engine.commit('attachments.remove', (tx) => tx.remove(attachments, input.id));
    return { batch };
  }),
  read: os.attachments.read.handler(({ input, context: { engine } }) => read(engine, input.id)),
  want: os.attachments.want.handler(({ input, context: { engine } }) => {
    const row = readRow(engine.db, attachments, input.id);
    catchUp(engine);
    const here = blobOf(engine.db, row.sha256)?.here === 1 && hasBlob(engine.dir, row.sha256);
    if (!here) {
      markLost(engine, row.sha256);
      markWanted(engine, row.sha256);
      engine.changed(['blobs']);
    }
    return { here };
  }),
  space: os.attachments.space.handler(({ context: { engine } }) => spaceOf(engine)),
  setLimit: os.attachments.setLimit.handler(({ input, context: { engine } }) => {
    setLimit(engine, input.limit);
    engine.changed(['blobs']);
    return { limit: input.limit };
  }),
});
