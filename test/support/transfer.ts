/** An import and an export as a script would do them, over the contract. */
import type { Preview, ImportOptions, FileEvent } from '../../shared/features/transfer.ts';
import type { TestEngine } from './engine.ts';
import { readHere } from './sheets.ts';
import type { RawTable } from '../../main/engine/sheets/types.ts';

type Options = Partial<Omit<ImportOptions, 'decisions'>> & { decisions?: Partial<ImportOptions['decisions']> };

export async function previewOf(
  call: TestEngine['call'],
  source: Uint8Array | string | { token: string },
  options: Options = {},
): Promise<Preview> {
  const from =
    typeof source === 'object' && 'token' in source
      ? source
      : { name: '台账.csv', data: Buffer.from(source).toString('base64') };
  for await (const event of await call.transfer.preview({ ...from, options }))
    if (event.is === 'ready') return event.preview;
  throw new Error('no preview');
}

export async function fileFrom(
  events: AsyncIterable<FileEvent>,
): Promise<{ bytes: Buffer; file: Extract<FileEvent, { is: 'file' }> }> {
  const pieces: Buffer[] = [];
  for await (const event of events) {
    if (event.is === 'bytes') pieces.push(Buffer.from(event.data, 'base64'));
    if (event.is === 'file') return { bytes: Buffer.concat(pieces), file: event };
  }
  throw new Error('the file never ended');
}

export async function tableFrom(events: AsyncIterable<FileEvent>, sheet?: string): Promise<RawTable> {
  const { bytes } = await fileFrom(events);
  const table = await readHere(bytes, sheet === undefined ? {} : { sheet });
  if (typeof table === 'string') throw new Error(table);
  return table;
}
