/** The command line's shorthands for the jobs that scripts run most. Each prints JSON lines; the last one is the outcome. */
import { open, readFile, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { noColumn, type Preview } from '../../shared/features/transfer.ts';
import { forms } from '../../shared/features/transfer/forms.ts';
import { refuse } from '../../shared/refusal.ts';
import { spaceOf } from '../engine/blobs/ledger.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineClient } from '../engine/serve.ts';
import { transferBlobs, type Carried } from '../engine/sync/blobs.ts';
import { print } from './session.ts';

/** Bytes of one upload piece; a multiple of three, so that the pieces' base64 joins without padding between. */
const PIECE_BYTES = 393_216;

async function upload(client: EngineClient, file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw refuse('file_missing', { file });
  });
  let id: string | undefined;
  for (let at = 0; at === 0 || at < bytes.length; at += PIECE_BYTES) {
    const data = bytes.subarray(at, at + PIECE_BYTES).toString('base64');
    ({ id } = await client.transfer.upload({ id, name: basename(file), data }));
  }
  return id as string;
}

/**
 * Dry run with its counts and reasons, then (unless only asked) the commit with the batch that undoes it. Places and people that the
 * register does not know are errors of their rows, as on the screen, unless the caller says to create them.
 */
export async function importFile(
  client: EngineClient,
  file: string,
  { dryRun = false, create = false }: { dryRun?: boolean; create?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const id = await upload(client, file);
  let ready: Preview | null = null;
  const unknown = create ? 'create' : 'error';
  const options = { decisions: { places: unknown, people: unknown } } as const;
  for await (const event of await client.transfer.preview({ upload: id, name: basename(file), options }, { signal }))
    if (event.is === 'ready') ready = event.preview;
  if (!ready) return;
  const { token, counts, issues, columns } = ready;
  print({ token, counts, issues, columns: columns.map(({ header, field }) => ({ header, field })) });
  if (noColumn(ready)) throw refuse('import_no_columns');
  if (dryRun) return;
  if (counts.add + counts.update === 0)
    return print({ added: 0, updated: 0, skipped: counts.skip, errors: counts.error });
  print(await client.transfer.commit({ token }));
}

/** A form as a workbook: written beside its place first, so that a stopped export leaves no half file under the name. */
export async function exportForm(client: EngineClient, form: string, file: string, signal: AbortSignal): Promise<void> {
  const known = forms.find((each) => each === form);
  if (!known) throw refuse('unknown_form', { form, known: forms.join(', ') });
  const part = `${file}.part`;
  const out = await open(part, 'w', 0o600);
  try {
    for await (const event of await client.transfer.export({ form: known }, { signal })) {
      if (event.is === 'bytes') await out.write(Buffer.from(event.data, 'base64'));
      if (event.is === 'file') print({ file, rows: event.rows, bytes: event.bytes, marks: event.marks });
    }
  } finally {
    await out.close();
  }
  await rename(part, file);
}

/** A sweep as JSON lines, then the comparison with the register. */
export async function sweepSubnet(
  client: EngineClient,
  cidr: string,
  confirmed: boolean,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of await client.discovery.sweep({ cidrs: [cidr], confirmed }, { signal })) print(event);
}

/** One round with the central store, phase by phase; then, with an engine, the attachments that are due, a line for each. What is left waits for the next run. */
export async function syncNow(client: EngineClient, signal: AbortSignal, engine: Engine | null): Promise<void> {
  for await (const event of await client.sync.run(undefined, { signal })) print(event);
  if (!engine) return;
  const tell = (tally: Carried): void => print({ phase: 'photos', ...tally, left: spaceOf(engine).unsent });
  tell(await transferBlobs(engine, signal, { tell }));
}
