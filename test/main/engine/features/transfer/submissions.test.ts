/** Copies that were handed in: the demo school's 18 rows, the sheet of changes, the comparison, and the three-day clock. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindings } from '../../../../../shared/features/ipam.ts';
import { people } from '../../../../../shared/features/people.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { makeSchool } from '../../../../support/school.ts';
import { fileFrom, tableFrom } from '../../../../support/transfer.ts';
import { describeIf } from '../../../../support/skip.ts';

jest.setTimeout(60_000);
const hasOffice = spawnSync('soffice', ['--version']).status === 0;

describe('the demo school since 09-05', () => {
  let t: TestEngine;
  beforeAll(async () => {
    t = await testEngine();
    for await (const _ of await t.call.system.demo({ scale: 1 }));
  });
  afterAll(() => t.close());

  test('7 new, 9 changed in 14 cells, 2 closed: 18 rows, each with its day, its author and its reason', async () => {
    const [last] = await t.call.submissions.list();
    expect(last).toMatchObject({ form: 'F-01', number: 'YH-202609-L03-0001', receipt: { sent_on: '2026-09-05' } });
    const found = await t.call.submissions.compare({ older: last!.id, newer: null });
    expect(found.counts).toEqual({ added: 7, changed: 9, gone: 2 });
    const cells = found.changes.filter(({ mark }) => mark === 'changed');
    expect(cells).toHaveLength(14);
    expect(new Set(found.changes.map(({ id }) => id)).size).toBe(18);
    expect(found.changes.filter(({ day, by, reason }) => day === '' || by === '' || reason === '')).toEqual([]);
  });

  test('the clock is amber on the second day and counts by building', async () => {
    expect(await t.call.submissions.clock()).toMatchObject({
      state: 'soon',
      since: '2026-09-27',
      days: 2,
      due_on: '2026-09-30',
      counts: { added: 7, changed: 9, gone: 2 },
    });
    const { buildings } = await t.call.submissions.clock();
    expect(buildings.reduce((sum, { n }) => sum + n, 0)).toBe(18);
  });

  describeIf(hasOffice, 'LibreOffice is not installed: apt-get install libreoffice-calc.')('in LibreOffice', () => {
    let sheets: Map<string, string[][]>;
    let fods: string;
    beforeAll(async () => {
      const dir = mkdtempSync(join(tmpdir(), 'delta-'));
      const { bytes } = await fileFrom(await t.call.transfer.export({ form: 'F-01' }));
      writeFileSync(join(dir, 'book.xlsx'), bytes);
      const profile = `-env:UserInstallation=file://${dir}/profile`;
      execFileSync(
        'soffice',
        ['--headless', profile, '--convert-to', 'fods', '--outdir', dir, join(dir, 'book.xlsx')],
        {
          stdio: 'ignore',
        },
      );
      fods = readFileSync(join(dir, 'book.fods'), 'utf8');
      rmSync(dir, { recursive: true, force: true });
      sheets = tablesOf(fods);
    }, 120_000);

    test('a sheet a building, 600 and more rows as text, the changes last', () => {
      const names = [...sheets.keys()];
      expect(names.at(-1)).toBe('变更说明');
      expect(names.slice(0, -1).toSorted()).toEqual(['信息实验楼', '教学楼', '综合楼'].toSorted());
      const marked = names.slice(0, -1).flatMap((name) => sheets.get(name)!.map((row) => row[19] ?? ''));
      const count = (mark: string): number => marked.filter((each) => each === mark).length;
      expect([count('新增'), count('变更'), count('停用')]).toEqual([7, 9, 2]);
      // two titles, the header, 7 + 14 + 2 lines
      expect(sheets.get('变更说明')!.filter((row) => row[2] && row[2] !== '栏目')).toHaveLength(23);
    });

    test('red for what is new or changed, grey and struck through for what is closed, a frozen header, landscape', () => {
      const styleOf = stylesOf(fods);
      const fonts = rowsOf(fods)
        .flatMap(({ cells }) => {
          const mark = cells.find(({ text }) => ['新增', '变更', '停用'].includes(text));
          return mark
            ? [{ mark: mark.text, cells: cells.filter(({ text }) => text !== '').map((cell) => styleOf(cell.style)) }]
            : [];
        })
        .filter(({ cells }) => cells.length > 8);
      const of = (mark: string) => fonts.filter((row) => row.mark === mark);
      expect([of('新增').length, of('变更').length, of('停用').length]).toEqual([7, 9, 2]);
      // the last cell is the hidden id, in plain
      expect(of('新增').every(({ cells }) => cells.slice(0, -1).every(({ red }) => red))).toBe(true);
      expect(of('停用').every(({ cells }) => cells.every(({ strike }) => strike))).toBe(true);
      // 14 cells and, in each of 9 rows, mark and day
      expect(of('变更').flatMap(({ cells }) => cells.filter(({ red }) => red))).toHaveLength(14 + 18);
      expect(fods).toContain('style:print-orientation="landscape"');
      expect(fods).toContain('table:table-header-rows');
    });
  });
});

describe('one school through three copies', () => {
  let t: TestEngine;
  beforeEach(async () => {
    t = await testEngine({ now: '2026-09-01T09:00+08:00' });
    makeSchool(t.engine, { users: 4 });
  });
  afterEach(() => t.close());
  const binding = (n: number): string =>
    t.engine.db.value<string>('SELECT id FROM bindings WHERE ip = ?', `10.20.30.${n + 10}`)!;
  const copies = async (): Promise<string[]> => (await t.call.submissions.list()).map(({ id }) => id);

  test('nothing handed in, nothing changed, fresh, amber on day 2, red after day 3, clear again', async () => {
    const state = async (): Promise<string> => (await t.call.submissions.clock()).state;
    expect(await state()).toBe('never');
    await t.call.transfer.submit({ form: 'F-01' });
    expect(await state()).toBe('clear');
    t.clock.set('2026-09-05T10:00+08:00');
    await t.call.ipam.update({ id: binding(0), changes: { outlet: '2F-A-9' } });
    const states: string[] = [];
    for (const day of ['05', '06', '07', '08', '09']) {
      t.clock.set(`2026-09-${day}T11:00+08:00`);
      states.push(await state());
    }
    expect(states).toEqual(['fresh', 'fresh', 'soon', 'soon', 'late']);
    // A second change does not begin the days anew
    await t.call.ipam.update({ id: binding(1), changes: { outlet: '2F-A-8' } });
    expect(await t.call.submissions.clock()).toMatchObject({ state: 'late', since: '2026-09-05', days: 4 });
    // What was set back is no change any more
    await t.call.ipam.update({ id: binding(0), changes: { outlet: '2F-A-1' } });
    expect(await t.call.submissions.clock()).toMatchObject({ state: 'fresh', since: '2026-09-09' });
    await t.call.transfer.submit({ form: 'F-01' });
    expect(await state()).toBe('clear');
  });

  test('any two are compared, an old one is opened, found in, and made into its workbook again', async () => {
    await t.call.transfer.submit({ form: 'F-01' });
    t.clock.set('2026-09-03T10:00+08:00');
    const person = t.engine.db.value<string>('SELECT person_id FROM bindings WHERE id = ?', binding(0))!;
    t.engine.command('test.rename', (tx) => tx.patch(people, person, { phone: '13911112222' }));
    await t.call.transfer.submit({ form: 'F-01' });
    t.clock.set('2026-09-04T10:00+08:00');
    t.engine.command('test.close', (tx) =>
      tx.patch(bindings, binding(1), { state: 'released', released_at: t.clock.now(), reason: '调离' }),
    );
    await t.call.transfer.submit({ form: 'F-01' });
    const [third, second, first] = (await copies()) as [string, string, string];
    expect((await t.call.submissions.compare({ older: first, newer: second })).changes).toEqual([
      expect.objectContaining({ mark: 'changed', what: '电话', after: '13911112222', day: '2026-09-03', by: '李明' }),
    ]);
    expect((await t.call.submissions.compare({ older: first, newer: third })).counts).toEqual({
      added: 0,
      changed: 1,
      gone: 1,
    });
    expect((await t.call.submissions.compare({ older: second, newer: third })).changes).toEqual([
      expect.objectContaining({ mark: 'gone', day: '2026-09-04', reason: '调离' }),
    ]);
    expect((await refusalOf(t.call.submissions.compare({ older: third, newer: first }))).code).toBe('compare_order');
    const open = await t.call.submissions.open({ id: first });
    expect([open.total, open.headers[0]]).toEqual([4, '姓名']);
    expect((await t.call.submissions.open({ id: first, text: '欧阳' })).total).toBe(0);
    expect((await t.call.submissions.open({ id: third })).total).toBe(3);
    const { file } = await fileFrom(await t.call.submissions.file({ id: second }));
    expect(file).toMatchObject({ rows: 4, marks: { added: 0, changed: 1, gone: 0 } });
    const changes = await tableFrom(await t.call.submissions.file({ id: third }), '变更说明');
    expect(changes.rows.at(-1)!.text).toEqual(['李静', '10.20.30.11', '停用', '', '', '2026-09-04', '李明', '调离']);
    expect((await fileFrom(await t.call.submissions.file({ id: first }))).file.marks).toBeNull();
  });

  test('a receipt is noted and corrected; of before the day it was sent it is refused', async () => {
    const { id } = await t.call.transfer.submit({ form: 'F-01' });
    const receipt = { sent_to: '网络中心', sent_on: '2026-09-01' };
    await t.call.submissions.receive({ id, receipt });
    await t.call.submissions.receive({
      id,
      receipt: { ...receipt, receiver: '周启明', received_on: '2026-09-02', archive_number: 'WLZX-7' },
    });
    expect((await t.call.submissions.list())[0]?.receipt).toMatchObject({
      receiver: '周启明',
      archive_number: 'WLZX-7',
    });
    expect(t.engine.db.value('SELECT count(*) FROM receipts')).toBe(1);
    const wrong = t.call.submissions.receive({ id, receipt: { ...receipt, received_on: '2026-08-30' } });
    expect((await refusalOf(wrong)).code).toBe('receipt_before');
  });
});

interface Cell {
  readonly text: string;
  readonly style: string;
}
/** Rows of a flat ODS, repeated cells written out up to what matters. */
function rowsOf(xml: string): { sheet: string; cells: Cell[] }[] {
  return [...xml.matchAll(/<table:table table:name="([^"]+)".*?<\/table:table>/gs)].flatMap(([table, sheet = '']) =>
    [...table.matchAll(/<table:table-row[ >].*?<\/table:table-row>/gs)].map(([row]) => ({
      sheet,
      cells: [
        ...row.matchAll(/<table:(?:covered-)?table-cell([^>]*?)(?:\/>|>(.*?)<\/table:(?:covered-)?table-cell>)/gs),
      ].flatMap(([, about = '', inside = '']) => {
        const times = Math.min(40, Number(/number-columns-repeated="(\d+)"/.exec(about)?.[1] ?? 1));
        const text = [...inside.matchAll(/<text:p>(.*?)<\/text:p>/gs)]
          .map(([, line = '']) => line.replace(/<[^>]+>/g, ''))
          .join('\n');
        return Array.from({ length: times }, () => ({
          text,
          style: /table:style-name="([^"]+)"/.exec(about)?.[1] ?? '',
        }));
      }),
    })),
  );
}
function tablesOf(xml: string): Map<string, string[][]> {
  const rows = Map.groupBy(rowsOf(xml), ({ sheet }) => sheet);
  return new Map([...rows].map(([sheet, own]) => [sheet, own.map(({ cells }) => cells.map(({ text }) => text))]));
}
function stylesOf(xml: string): (name: string) => { red: boolean; strike: boolean } {
  const styles = new Map(
    [...xml.matchAll(/<style:style style:name="([^"]+)" style:family="table-cell".*?<\/style:style>/gs)].map(
      ([style, name = '']) => [
        name,
        { red: style.includes('fo:color="#ff0000"'), strike: style.includes('line-through-style="solid"') },
      ],
    ),
  );
  return (name) => styles.get(name) ?? { red: false, strike: false };
}
