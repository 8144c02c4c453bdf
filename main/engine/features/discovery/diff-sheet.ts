/** Two sweeps compared, as a workbook: exactly the rows that are shown. */
import type { ChangeKind } from '../../../../shared/features/discovery/history.ts';
import { changeCells, changeHeads, changeHolds } from '../../../../shared/features/discovery/say-change.ts';
import type { FileEvent } from '../../../../shared/features/transfer.ts';
import { showMoment } from '../../../../shared/day.ts';
import { wordsOf } from '../../words.ts';
import type { Engine } from '../../engine.ts';
import { writeSheets } from '../../sheets/client.ts';
import type { WriteRow } from '../../sheets/types.ts';
import { fileOf } from '../transfer/file.ts';
import { compareSweeps } from './past.ts';

const SLICE = 500;
const WIDTHS = [10, 15, 19, 24, 24, 16, 60];

export interface SheetOrder {
  readonly before: string;
  readonly after: string;
  readonly only?: ChangeKind | undefined;
  readonly text: string;
}
export async function* differenceSheet(
  engine: Engine,
  order: SheetOrder,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const t = wordsOf(engine);
  const { before, after, changes } = compareSweeps(engine.db, order.before, order.after);
  const shown = changes.filter(
    (change) => (order.only === undefined || change.kind === order.only) && changeHolds(change, order.text),
  );
  const job = { total: shown.length, done: 0, rows: shown.length, marks: null, position: null };
  function* rows(): Generator<WriteRow[]> {
    for (let from = 0; from < shown.length; from += SLICE) {
      yield shown.slice(from, from + SLICE).map((change) => ({ cells: changeCells(change, t) }));
      job.done = Math.min(shown.length, from + SLICE);
    }
  }
  const times = [before, after].map(({ started_at }) => showMoment(started_at));
  const spec = {
    name: t('sweeps.sheet'),
    titles: [t('sweeps.sheet'), times.join(' → ')],
    columns: changeHeads.map((key, at) => ({ header: t(key), width: WIDTHS[at] ?? 18, kind: 'text' as const })),
    frozenColumns: 2,
    landscape: true,
    footer: '&C&P / &N',
  };
  const name = `${t('sweeps.sheet')}-${times.map((time) => time.replace(/[-: ]/g, '').slice(0, 12)).join('-')}.xlsx`;
  yield* fileOf(name, writeSheets(engine.ports, [{ spec, rows: rows() }], signal), job);
}
