/** F-05 and F-06 as workbooks, under the number and version of the paper that was frozen with them: a sheet a switch or closet, a row for every port or cable. */
import { paper } from '../../../../shared/paper.ts';
import type { FileEvent } from '../../../../shared/features/transfer.ts';
import { thaw, type DocumentRow } from '../../documents.ts';
import type { Engine } from '../../engine.ts';
import { writeSheets, type SheetSource } from '../../sheets/client.ts';
import type { WriteRow } from '../../sheets/types.ts';
import { deskOf, heading, signatures, type Desk } from '../papers/desk.ts';
import { fileOf } from '../transfer/file.ts';
import type { FrozenLabels, FrozenPorts } from './freeze.ts';
import { labelColumns, labelRow } from './label-paper.ts';
import { portColumns, portRow } from './port-paper.ts';

type Columns = ReturnType<typeof portColumns>;
interface Page {
  readonly name: string;
  readonly under: string;
  readonly rows: readonly (readonly string[])[];
}
/** Millimetres of paper to characters of a sheet; a column without a width takes what the paper has left. */
const characters = (width: number | undefined): number => Math.max(9, Math.round((width ?? 50) / 1.9));

async function* book(
  engine: Engine,
  desk: Desk,
  form: 'F-05' | 'F-06',
  document: DocumentRow,
  columns: Columns,
  pages: readonly Page[],
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const { made } = paper.parse(thaw(engine.db, document.id)).foot;
  const signed = signatures(desk, 'inspected', 'giver', 'reviewed');
  const total = pages.reduce((sum, { rows }) => sum + rows.length, 0);
  const job = { total, done: 0, rows: total, marks: null, position: null };
  function* rowsOf({ rows }: Page): Generator<WriteRow[]> {
    yield rows.map((cells) => ({ cells }));
    job.done += rows.length;
  }
  function* sheets(): Generator<SheetSource> {
    for (const page of pages)
      yield {
        spec: {
          name: page.name,
          titles: [heading(desk, form), page.under, `${desk.t('paper.number')}${document.number}  ${made}`],
          columns: columns.map(({ label, width }) => ({ header: label, width: characters(width), kind: 'text' })),
          frozenColumns: 1,
          landscape: true,
          feet: [signed.map(({ role, date }) => `${role}：            ${date}`).join('    ')],
          footer: '&C&P / &N',
        },
        rows: rowsOf(page),
      };
  }
  yield* fileOf(
    `${document.number} ${document.title.replace(/\s*[\\/:*?"<>|]\s*/g, ' ')}.xlsx`,
    writeSheets(engine.ports, sheets(), signal),
    job,
  );
}

export function portBook(
  engine: Engine,
  { document, sheets }: FrozenPorts,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const desk = deskOf(engine);
  const pages = sheets.map(({ head, ports }) => ({
    name: head.title,
    under: `${desk.t('paper.f05.closet')}${head.place}  ${desk.t('paper.f05.switch')}${head.title}`,
    // On paper idle ports are folded; rows that are sorted and filtered are whole.
    rows: ports.map((port) => portRow(desk, port)),
  }));
  return book(engine, desk, 'F-05', document, portColumns(desk), pages, signal);
}

export function labelBook(
  engine: Engine,
  { document, sheets }: FrozenLabels,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const desk = deskOf(engine);
  const pages = sheets.map(({ place, lines }) => ({
    // The name of a sheet is cut at its end, where the closet stands.
    name: place.replace(/\s*\/\s*/g, ' ').slice(-31),
    under: `${desk.t('paper.f05.closet')}${place}`,
    rows: lines.map((line, index) => labelRow(desk, engine.db, line, index + 1)),
  }));
  return book(engine, desk, 'F-06', document, labelColumns(desk), pages, signal);
}
