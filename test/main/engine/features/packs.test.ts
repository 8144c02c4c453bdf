/** The submission pack: what it holds, what is missing and why, its list of contents, and its workbook. */
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { makeSchool } from '../../../support/school.ts';
import { fileFrom, tableFrom } from '../../../support/transfer.ts';

jest.setTimeout(60_000);
const receipt = { sent_to: '教育局', sent_on: '2026-09-29' };
let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

test('address table and report behind a list of contents; a topology that cannot be drawn is listed with its reason', async () => {
  makeSchool(t.engine);
  const report = await t.call.reports.draft({ month: '2026-09' });
  expect((await t.call.packs.parts()).missing).toEqual([{ form: 'F-07', code: 'topology_empty' }]);
  const pack = await t.call.packs.make({ report_id: report.id, receipt });
  expect(pack.number).toBe('BS-202609-L03-0001');
  const { paper } = await t.call.papers.get({ id: pack.id });
  const [cover, ...parts] = paper.sections;
  const table = cover?.blocks.find(({ kind }) => kind === 'table');
  const rows = table?.kind === 'table' ? table.groups[0]!.rows : [];
  expect(rows.map(([, form, , number, version]) => [form, number, version])).toEqual([
    ['F-02', 'IP-202609-L03-0001', '1'],
    ['F-11', report.number, '1'],
    ['F-07', '缺', ''],
  ]);
  // The checksums are those of the frozen papers
  const { rows: kept } = await t.call.papers.list({});
  for (const row of rows.slice(0, 2))
    expect(row[5]?.replaceAll(' ', '')).toBe(kept.find(({ number }) => number === row[3])?.sha256);
  expect(rows[2]?.[5]).not.toContain('refusal');
  const titles = parts.map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(['临江市第三中学IP地址分配表', '临江市第三中学月工作报告']));
  expect((await t.call.packs.list())[0]?.receipt).toMatchObject({ sent_to: '教育局' });
  await t.call.packs.receive({ id: pack.id, receipt: { ...receipt, receiver: '何处长', received_on: '2026-09-30' } });
  expect((await t.call.packs.list())[0]?.receipt).toMatchObject({ receiver: '何处长' });
});

test('made again it is another pack; what did not change keeps its number and version', async () => {
  makeSchool(t.engine);
  const first = await t.call.packs.make({ receipt });
  const second = await t.call.packs.make({ receipt });
  expect([first.number, second.number]).toEqual(['BS-202609-L03-0001', 'BS-202609-L03-0002']);
  const tables = (await t.call.papers.list({})).rows.filter(({ form }) => form === 'F-02');
  expect(tables).toHaveLength(1);
});

test('its tables open as a workbook, a sheet each', async () => {
  makeSchool(t.engine);
  const { id } = await t.call.packs.make({ receipt });
  const { file } = await fileFrom(await t.call.packs.file({ id }));
  expect(file.name).toMatch(/^BS-202609-L03-0001-.*\.xlsx$/);
  const manifest = await tableFrom(await t.call.packs.file({ id }), '目录');
  expect(manifest.rows.some(({ text }) => text.includes('F-02'))).toBe(true);
  expect(manifest.sheets.length).toBeGreaterThanOrEqual(2);
});

test('an empty notebook has no pack: refused, nothing is kept', async () => {
  expect((await refusalOf(t.call.packs.make({ receipt }))).code).toBe('pack_empty');
  expect((await t.call.packs.list()).length).toBe(0);
});
