/** A form as a workbook: what the query finds, in its order, with what changed since the last submitted copy in red. */
import {
  compareRow,
  formSpecs,
  MARK,
  MARK_DAY,
  marks,
  type Form,
  type FormSpec,
  type FormValues,
  type Mark,
} from '../../../../shared/features/transfer/forms.ts';
import type { FileEvent } from '../../../../shared/features/transfer.ts';
import { dayOf } from '../../../../shared/day.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import { writeSheets, type SheetSource } from '../../sheets/client.ts';
import type { CellValue, ColumnSpec, WriteRow } from '../../sheets/types.ts';
import { fileOf } from './file.ts';
import { buildingsOf, formRows, isWhole, type FormRow, type FormRows, type ParsedQuery } from './form-rows.ts';
import { lastCommit } from './judge.ts';
import { baseOf, type Base } from './submissions.ts';

export const ID_HEADER = 'Lanbook ID';
/** Excel opens more, but nobody reads them; the sheet of changes says where it stops. */
const CHANGES = 20_000;

interface Marked extends FormRow {
  readonly mark: Mark | null;
  readonly changed: readonly number[];
}

export async function* exportForm(
  engine: Engine,
  form: Form,
  query: ParsedQuery,
  marked: boolean,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const spec = formSpecs[form];
  const base = marked ? baseOf(engine.db, form) : null;
  const job = new FormJob(engine, spec, base, query);
  const name = `${engine.setup?.unit ?? ''}${spec.title}-${engine.today().replaceAll('-', '')}.xlsx`;
  yield* fileOf(name, writeSheets(engine.ports, job.sheets(), signal), job);
}

class FormJob {
  readonly #engine: Engine;
  readonly #spec: FormSpec;
  readonly #base: Base | null;
  readonly #source: FormRows;
  readonly #whole: boolean;
  readonly #counts = { added: 0, changed: 0, gone: 0 };
  readonly #changes: WriteRow[] = [];
  readonly #seen = new Set<string>();
  /** Taken before the first row is: what changes while the file is made counts as changed after it. */
  readonly position: number;
  done = 0;
  rows = 0;

  constructor(engine: Engine, spec: FormSpec, base: Base | null, query: ParsedQuery) {
    this.#engine = engine;
    this.#spec = spec;
    this.#base = base;
    this.position = lastCommit(engine.db);
    this.#whole = isWhole(spec.form, query);
    this.#source = formRows(engine.db, spec.form, query);
  }
  get total(): number {
    return this.#source.total;
  }
  get marks(): Extract<FileEvent, { is: 'file' }>['marks'] {
    return this.#base ? { ...this.#counts, since: this.#base.number } : null;
  }

  /** F-03 is one sheet as the list is; F-01 one per building. Then what changed, old beside new. */
  async *sheets(): AsyncGenerator<SheetSource> {
    if (this.#spec.form === 'F-01') yield* this.#perBuilding();
    else yield { spec: this.#sheet(this.#spec.title), rows: this.#written(this.#marked()) };
    if (this.#changes.length > 0) yield { spec: CHANGES_SHEET, rows: [this.#changes] };
  }

  async *#perBuilding(): AsyncGenerator<SheetSource> {
    const buildings = new Map<string, Marked[]>();
    const known = buildingsOf(this.#engine.db);
    for await (const batch of this.#marked())
      for (const row of batch) {
        const building = row.mark === 'gone' ? this.#formerBuilding(row.values, known) : row.building;
        const rows = buildings.get(building);
        if (rows) rows.push(row);
        else buildings.set(building, [row]);
      }
    if (buildings.size === 0) buildings.set('', []);
    for (const [building, rows] of buildings)
      yield { spec: this.#sheet(building || this.#spec.title, building), rows: this.#written([rows]) };
  }

  /** A gone row has only its frozen text: its place begins with the building it was in. */
  #formerBuilding(values: FormValues, known: readonly string[]): string {
    const place = String(values[this.#spec.columns.findIndex(({ key }) => key === 'place')] ?? '');
    return known.find((name) => place.startsWith(name)) ?? '';
  }

  async *#marked(): AsyncGenerator<Marked[]> {
    for await (const batch of this.#source.batches) {
      yield batch.map((row) => this.#mark(row));
      this.done += batch.length;
    }
    // Gone rows are known only when the whole register was walked through
    if (!this.#base || !this.#whole) return;
    const gone: Marked[] = [];
    for (const [id, values] of this.#base.rows)
      if (!this.#seen.has(id)) gone.push({ id, values, of: [id], building: '', mark: 'gone', changed: [] });
    this.#counts.gone = gone.length;
    for (const row of gone) this.#note(row, marks.gone, '', '');
    yield gone;
  }

  #mark(row: FormRow): Marked {
    this.#seen.add(row.id);
    if (!this.#base) return { ...row, mark: null, changed: [] };
    const then = this.#base.rows.get(row.id);
    const { mark, changed } = compareRow(row.values, then);
    if (mark === 'added') {
      this.#counts.added += 1;
      this.#note(row, marks.added, '', '');
    }
    if (mark === 'changed') {
      this.#counts.changed += 1;
      for (const i of changed)
        this.#note(
          row,
          this.#spec.columns[i]!.header,
          this.#shown(then?.[i] ?? null, i),
          this.#shown(row.values[i] ?? null, i),
        );
    }
    return { ...row, mark, changed };
  }

  #shown(value: FormValues[number], column: number): string {
    return value === null
      ? ''
      : this.#spec.columns[column]!.kind === 'money'
        ? (Number(value) / 100).toFixed(2)
        : String(value);
  }

  #note(row: FormRow, what: string, before: string, after: string): void {
    if (this.#changes.length >= CHANGES) return;
    this.#changes.push({ cells: [...this.#keys(row.values), what, before, after] });
  }
  /** What tells the row: number and name, or name and address. */
  #keys(values: FormValues): [string, string] {
    const at = (key: string): string =>
      String(values[this.#spec.columns.findIndex((column) => column.key === key)] ?? '');
    return this.#spec.form === 'F-03' ? [at('tag'), at('name')] : [at('name'), at('ip')];
  }

  async *#written(batches: AsyncIterable<Marked[]> | Iterable<Marked[]>): AsyncGenerator<WriteRow[]> {
    const numbered = this.#spec.form === 'F-01';
    let number = 0;
    for await (const batch of batches) {
      this.rows += batch.length;
      yield batch.map(({ values, mark, changed, of }): WriteRow => {
        number += 1;
        const lead: CellValue[] = numbered ? [number] : [];
        const cells = [
          ...lead,
          ...values,
          ...(this.#base ? [mark ? marks[mark] : null, mark ? this.#changedOn(of) : null] : []),
          mark === 'gone' ? null : of[0]!,
        ];
        if (mark === 'added') return { cells, mark: 'red' };
        if (mark === 'gone') return { cells, mark: 'gone' };
        const shift = lead.length;
        return mark === 'changed'
          ? { cells, red: [...changed.map((i) => i + shift), values.length + shift, values.length + shift + 1] }
          : { cells };
      });
    }
  }

  /** The local date of the last change of any of the records behind a row. */
  #changedOn(ids: readonly string[]): string {
    const at = Math.max(0, ...ids.map((id) => lastChange(this.#engine.db, id)));
    return at > 0 ? dayOf(at) : this.#engine.today();
  }

  #sheet(name: string, building = ''): SheetSource['spec'] {
    const { columns, signers, title } = this.#spec;
    const unit = this.#engine.setup?.unit ?? '';
    const today = this.#engine.today();
    const [year, month, day] = today.split('-').map(Number);
    const since = this.#base
      ? `　　对照：${this.#base.number}（${this.#base.day} 报送）　红字为新增或变更，灰色删除线为停用`
      : '';
    const lead: ColumnSpec[] = this.#spec.form === 'F-01' ? [{ header: '序号', width: 6, kind: 'int' }] : [];
    const markColumns: ColumnSpec[] = this.#base
      ? [
          { header: MARK, width: 9, kind: 'text' },
          { header: MARK_DAY, width: 12, kind: 'day' },
        ]
      : [];
    return {
      name,
      titles: [
        `${unit}${title}${building ? `（${building}）` : ''}`,
        `单位（部门）：${unit}　　日期：${year}年${month}月${day}日　　制表人：${this.#engine.setup?.technician ?? ''}${since}`,
      ],
      columns: [
        ...lead,
        ...columns.map(({ header, width, kind }): ColumnSpec => ({ header, width, kind })),
        ...markColumns,
        { header: ID_HEADER, width: 38, kind: 'text', hidden: true },
      ],
      frozenColumns: lead.length + (this.#spec.form === 'F-03' ? 2 : 1),
      landscape: true,
      // 29 columns: legible on two A3 pages side by side, tiny on A4
      ...(this.#spec.form === 'F-03' ? { paper: 'A3' as const } : {}),
      feet: [
        `${signers.map((signer) => `${signer}：`).join('　　　　　　　　')}　　　　　　　　日期：　　　年　　月　　日`,
      ],
      footer: '&L&"宋体,常规"&9 ' + today + '&C&"宋体,常规"&9第 &P 页 共 &N 页',
    };
  }
}

const CHANGES_SHEET: SheetSource['spec'] = {
  name: '变更说明',
  titles: ['变更说明'],
  columns: [
    { header: '编号/姓名', width: 20, kind: 'text' },
    { header: '名称/IP', width: 20, kind: 'text' },
    { header: '栏目', width: 14, kind: 'text' },
    { header: '原内容', width: 30, kind: 'text' },
    { header: '现内容', width: 30, kind: 'text' },
  ],
};

const lastChange = (db: ReadDb, id: string): number =>
  db.value<number>('SELECT max(c.at) FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ?', id) ?? 0;
