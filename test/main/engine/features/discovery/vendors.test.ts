import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodePorts } from '../../../../../main/engine/engine.ts';
import { assetFile } from '../../../../../main/engine/place.ts';
import { testEngine, type TestEngine } from '../../../../support/engine.ts';

const shipped = readFileSync(assetFile('oui/oui.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t') as [string, string]);
/** A newer registry of one kind: everything that is known, and Hikvision under another name. */
const csv = (digits: number, registry: string, share = 1): string => {
  const rows = shipped.filter(([prefix]) => prefix.length === digits);
  return [
    'Registry,Assignment,Organization Name,Organization Address',
    ...rows
      .slice(0, Math.ceil(rows.length * share))
      .map(
        ([prefix, maker]) =>
          `${registry},${prefix},"${(prefix === '4419B6' ? '海康威视' : maker).replaceAll('"', '""')}","CN"`,
      ),
  ].join('\r\n');
};

let notebook: TestEngine;
beforeEach(async () => {
  notebook = await testEngine();
});
afterEach(() => notebook.close());

async function bring(name: string, content: string): Promise<string> {
  const data = Buffer.from(content);
  const piece = 384 * 1024;
  let id: string | undefined;
  for (let at = 0; at === 0 || at < data.length; at += piece)
    ({ id } = await notebook.call.transfer.upload({
      ...(id === undefined ? {} : { id }),
      name,
      data: data.subarray(at, at + piece).toString('base64'),
    }));
  return id as string;
}
const vendorOf = (mac: string): string | null => nodePorts.wire(nodePorts.spawnHelper).vendorOf(mac);

test('the shipped table at first, and how many prefixes of each registry it has', async () => {
  const state = await notebook.call.discovery.vendors.state();
  expect(state).toMatchObject({ source: 'built_in', updated_at: null });
  expect(state.prefixes).toEqual(state.built_in);
  expect(state.prefixes.ma_l).toBeGreaterThan(38_000);
  expect(state.prefixes.ma_m).toBeGreaterThan(4000);
  expect(state.prefixes.ma_s).toBeGreaterThan(6000);
});

test('two files of the IEEE at once: used at once, dated, kept after a restart; and back', async () => {
  const before = await notebook.call.discovery.vendors.state();
  const uploads = [await bring('oui.csv', csv(6, 'MA-L')), await bring('mam.csv', csv(7, 'MA-M'))];
  const state = await notebook.call.discovery.vendors.update({ uploads });
  expect(state).toEqual({ ...before, source: 'file', updated_at: notebook.clock.now() });
  expect(readFileSync(join(notebook.dir, 'oui.tsv'), 'utf8')).toContain('4419B6\t海康威视\n');
  expect(readdirSync(notebook.dir).filter((file) => file.endsWith('.part'))).toEqual([]);
  notebook.reopen();
  expect((await notebook.call.discovery.vendors.state()).source).toBe('file');
  expect(await notebook.call.discovery.vendors.reset()).toEqual(before);
  expect(existsSync(join(notebook.dir, 'oui.tsv'))).toBe(false);
}, 30_000);

test('a small registry alone keeps the others', async () => {
  const uploads = [await bring('oui36.csv', csv(9, 'MA-S'))];
  const state = await notebook.call.discovery.vendors.update({ uploads });
  expect(state.prefixes).toEqual(state.built_in);
}, 30_000);

test.each([
  ['a broken download', 'oui.csv', csv(6, 'MA-L', 0.5), { code: 'oui_short' }],
  ['another file', '资产.csv', '编号,名称\n1,打印机', { code: 'oui_unreadable', params: { name: '资产.csv' } }],
  ['a huge one', 'oui.csv', 'x'.repeat(17 * 1024 * 1024), { code: 'oui_too_big' }],
])(
  '%s is refused by its name, and nothing changes, also where another file is good',
  async (_, name, content, data) => {
    const uploads = [await bring('oui36.csv', csv(9, 'MA-S')), await bring(name, content)];
    await expect(notebook.call.discovery.vendors.update({ uploads })).rejects.toMatchObject({ data });
    expect((await notebook.call.discovery.vendors.state()).source).toBe('built_in');
  },
  30_000,
);

test('sweeps use it, and a table that cannot be read is no loss', async () => {
  const wire = nodePorts.wire(nodePorts.spawnHelper);
  const file = join(notebook.dir, 'own.tsv');
  writeFileSync(file, '4419B6\t海康威视\n');
  wire.useVendors(file);
  expect(wire.vendorOf('4419B6000016')).toBe('海康威视');
  wire.useVendors(join(notebook.dir, 'missing.tsv'));
  expect(wire.vendorOf('4419B6000016')).toBe(vendorOf('4419B6000016'));
  wire.useVendors(null);
  expect(wire.vendorOf('4419B6000016')).toMatch(/Hikvision/);
});
