import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noColumn } from '../../../../../shared/features/transfer.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { previewOf } from '../../../../support/transfer.ts';

let t: TestEngine;
let dir: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'lanbook-columns-'));
  t = await testEngine();
});
afterEach(() => {
  t.close();
  rmSync(dir, { recursive: true, force: true });
});

async function check(name: string, text: string): Promise<void> {
  const data = Buffer.from(text).toString('base64');
  for await (const _ of await t.call.transfer.preview({ name, data, options: {} })) void _;
}

test('text that calls itself a workbook is none; as .csv or .xls it is read', async () => {
  const text = '名称\t类别\n台式机\t台式机\n';
  expect((await refusalOf(check('台账.xlsx', text))).code).toBe('sheet_not_a_workbook');
  expect((await refusalOf(check('台账.XLSM', text))).code).toBe('sheet_not_a_workbook');
  await check('台账.csv', text);
  await check('台账.xls', text);
});

test('a file with no known column is told from one with some', async () => {
  expect(noColumn(await previewOf(t.call, '今天天气很好\n明天也是\n'))).toBe(true);
  expect(noColumn(await previewOf(t.call, '名称,天气\n台式机,好\n'))).toBe(false);
});

test('the command line fails on a file with no known column', () => {
  const file = join(dir, '便条.csv');
  writeFileSync(file, '今天天气很好\n明天也是\n');
  const run = spawnSync(process.execPath, ['main/cli.ts', '--data', join(dir, 'data'), 'import', '--dry-run', file], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(run.stdout.trim().split('\n').at(-1)).toContain('import_no_columns');
  expect(run.status).toBe(1);
});
