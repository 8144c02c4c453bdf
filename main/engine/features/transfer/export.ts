/** A form as a workbook: what the query finds, in its order, with what changed since the last submitted copy in red. */
import {
  formSpecs,
  specOf,
  MARK,
  MARK_DAY,
  marks,
  type Form,
  type FormSpec,
} from '../../../../shared/features/transfer/forms.ts';
import type { FileEvent } from '../../../../shared/features/transfer.ts';
import type { Engine } from '../../engine.ts';
import { writeSheets, type SheetSource } from '../../sheets/client.ts';
import type { CellValue, ColumnSpec, WriteRow } from '../../sheets/types.ts';
import { Delta, type Change, type Marked } from './delta.ts';
import { fileOf } from './file.ts';
import { buildingsOf, formRows, isWhole, type FormRow, type FormRows, type ParsedQuery } from './form-rows.ts';
import { lastCommit } from './judge.ts';
import { baseOf, buildingIn, copyOf, placeColumn, submissionsOf, type Base } from './submissions.ts';

export const ID_HEADER = 'Lanbook ID';
/** Excel opens more, but nobody reads them; the sheet of changes says where it stops. */
const CHANGES = 20_000;

export async function* exportForm(
  engine: Engine,
  form: Form,
  query: ParsedQuery,
  marked: boolean,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const day = engine.today();
  const job = new FormJob(engine, specOf(form, engine.setup?.sector), {
    // Taken before the first row is: what changes while the file is made counts as changed after it
    position: lastCommit(engine.db),
    base: marked ? baseOf(engine.db, form) : null,
    source: formRows(engine.db, form, query),
    isWhole: isWhole(form, query),
    day,
    at: engine.clock.now(),
  });
  yield* fileOf(nameOf(engine, form, day), writeSheets(engine.ports, job.sheets(), signal), job);
}
const nameOf = (engine: Engine, form: Form, day: string): string =>
  `${engine.setup?.unit ?? ''}${formSpecs[form].title}-${day.replaceAll('-', '')}.xlsx`;

/** The workbook of a copy that was handed in, again: its own rows, red against the copy before it. */
export async function* exportSubmission(engine: Engine, id: string, signal?: AbortSignal): AsyncGenerator<FileEvent> {
  const { db } = engine;
  const { form, ...copy } = copyOf(db, id);
  const buildings = buildingsOf(db);
  const placeAt = placeColumn(formSpecs[form]);
  const rows = [...copy.rows].map(([row, values]): FormRow => {
    const building = buildingIn(buildings, values[placeAt]);
    return { id: row, values, of: [row], building };
  });
  const before = submissionsOf(db, form).find(({ made_at }) => made_at < copy.made_at);
  const job = new FormJob(engine, specOf(form, engine.setup?.sector), {
    position: null,
    base: before ? copyOf(db, before.id) : null,
    source: { total: rows.length, batches: inBatches(rows) },
    isWhole: true,
    day: copy.day,
    at: copy.made_at,
  });
  yield* fileOf(
    `${copy.number}-${nameOf(engine, form, copy.day)}`,
    writeSheets(engine.ports, job.sheets(), signal),
    job,
  );
}
async function* inBatches(rows: FormRow[]): AsyncGenerator<FormRow[]> {
  yield await Promise.resolve(rows);
}
interface JobOptions {
  readonly position: number | null;
  readonly base: Base | null;
  readonly source: FormRows;
  readonly isWhole: boolean;
  /** Local date on the sheets. */
  readonly day: string;
  /** The moment the rows are of, ms. */
  readonly at: number;
}

class FormJob {
  readonly #engine: Engine;
  readonly #spec: FormSpec;
  readonly #options: JobOptions;
  readonly #delta: Delta | null;
  readonly position: number | null;
  done = 0;
  rows = 0;

  constructor(engine: Engine, spec: FormSpec, options: JobOptions) {
    this.#engine = engine;
    this.#spec = spec;
    this.#options = options;
    this.position = options.position;
    this.#delta = options.base ? new Delta(engine.db, spec, options.base, options.at) : null;
  }
  get total(): number {
    return this.#options.source.total;
  }
  get marks(): Extract<FileEvent, { is: 'file' }>['marks'] {
    return this.#delta && this.#options.base ? { ...this.#delta.counts, since: this.#options.base.number } : null;
  }

  /** F-03 is one sheet as the list is; F-01 one per building. Then what changed, old beside new. */
  async *sheets(): AsyncGenerator<SheetSource> {
    if (this.#spec.form === 'F-01') yield* this.#perBuilding();
    else yield { spec: this.#sheet(this.#spec.title), rows: this.#written(this.#marked()) };
    const changes = this.#delta?.changes ?? [];
    if (changes.length === 0) return;
    const { unit = '' } = this.#engine.setup ?? {};
    yield { spec: changesSheet(unit, this.#spec, this.#options), rows: [changes.slice(0, CHANGES).map(changeRow)] };
  }

  async *#perBuilding(): AsyncGenerator<SheetSource> {
    const buildings = new Map<string, Marked[]>();
    for await (const batch of this.#marked())
      for (const row of batch) {
        const rows = buildings.get(row.building);
        if (rows) rows.push(row);
        else buildings.set(row.building, [row]);
      }
    if (buildings.size === 0) buildings.set('', []);
    for (const [building, rows] of buildings)
      yield { spec: this.#sheet(building || this.#spec.title, building), rows: this.#written([rows]) };
  }

  async *#marked(): AsyncGenerator<Marked[]> {
    for await (const batch of this.#options.source.batches) {
      yield batch.map((row) => this.#delta?.mark(row) ?? { ...row, mark: null, changed: [], changedOn: null });
      this.done += batch.length;
    }
    // Gone rows are known only when the whole register was walked through
    if (!this.#delta || !this.#options.isWhole) return;
    const known = buildingsOf(this.#engine.db);
    const placeAt = placeColumn(this.#spec);
    yield this.#delta.gone((values) => buildingIn(known, values[placeAt]));
  }

  async *#written(batches: AsyncIterable<Marked[]> | Iterable<Marked[]>): AsyncGenerator<WriteRow[]> {
    const numbered = this.#spec.form === 'F-01';
    let number = 0;
    for await (const batch of batches) {
      this.rows += batch.length;
      yield batch.map(({ values, mark, changed, changedOn, of }): WriteRow => {
        number += 1;
        const lead: CellValue[] = numbered ? [number] : [];
        const cells = [
          ...lead,
          ...values,
          ...(this.#delta ? [mark ? marks[mark] : null, mark ? (changedOn ?? this.#options.day) : null] : []),
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

  #sheet(name: string, building = ''): SheetSource['spec'] {
    const { columns, signers, title } = this.#spec;
    const unit = this.#engine.setup?.unit ?? '';
    const { base, day: today } = this.#options;
    const [year, month, day] = today.split('-').map(Number);
    const since = base ? `　　对照：${base.number}（${base.day} 报送）　红字为新增或变更，灰色删除线为停用` : '';
    const lead: ColumnSpec[] = this.#spec.form === 'F-01' ? [{ header: '序号', width: 6, kind: 'int' }] : [];
    const markColumns: ColumnSpec[] = base
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

/** One line for each changed cell, so that the centre can follow what was red. */
const changesSheet = (unit: string, spec: FormSpec, { base, day }: JobOptions): SheetSource['spec'] => ({
  name: '变更说明',
  titles: [`${unit}${spec.title}变更说明`, `对照：${base?.number ?? ''}（${base?.day ?? ''} 报送）　　截至：${day}`],
  columns: [
    { header: spec.form === 'F-03' ? '资产编号' : '姓名', width: 16, kind: 'text' },
    { header: spec.form === 'F-03' ? '资产名称' : 'IP', width: 18, kind: 'text' },
    { header: '栏目', width: 14, kind: 'text' },
    { header: '原内容', width: 26, kind: 'text' },
    { header: '现内容', width: 26, kind: 'text' },
    { header: MARK_DAY, width: 12, kind: 'day' },
    { header: '变更人', width: 10, kind: 'text' },
    { header: '变更原因', width: 30, kind: 'text' },
  ],
  frozenColumns: 2,
  landscape: true,
  footer: '&C&"宋体,常规"&9第 &P 页 共 &N 页',
});
const changeRow = ({ who, key, what, before, after, day, by, reason }: Change): WriteRow => ({
  cells: [who, key, what, before, after, day || null, by, reason],
});
