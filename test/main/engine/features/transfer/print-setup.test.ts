import { unzip } from '@cj-tech-master/excelts/archive';
import { testEngine, type TestEngine } from '../../../../support/engine.ts';
import { fileFrom } from '../../../../support/transfer.ts';

// Every file is made by a process of its own
jest.setTimeout(30_000);

let t: TestEngine;
beforeAll(async () => {
  t = await testEngine();
  await t.call.assets.create({ name: '台式计算机', category: 'desktop', status: 'in_use' });
});
afterAll(() => t.close());

async function partOf(form: 'F-03' | 'F-01', name: string): Promise<string> {
  const { bytes } = await fileFrom(await t.call.transfer.export({ form, query: {} }));
  return new TextDecoder().decode(await (await unzip(bytes).get(name))!.bytes());
}
const setupOf = async (form: 'F-03' | 'F-01'): Promise<string> =>
  /<pageSetup[^>]*>/.exec(await partOf(form, 'xl/worksheets/sheet1.xml'))![0];

test('the asset register prints on two A3 pages side by side, number and name on both', async () => {
  const setup = await setupOf('F-03');
  for (const set of ['paperSize="8"', 'orientation="landscape"', 'fitToWidth="2"', 'fitToHeight="0"'])
    expect(setup).toContain(set);
  expect(await partOf('F-03', 'xl/workbook.xml')).toMatch(/Print_Titles"[^>]*>[^<]*\$A:\$B/);
});

test('the register of users prints on A4', async () => {
  expect(await setupOf('F-01')).toContain('paperSize="9"');
});
