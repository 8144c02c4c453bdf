import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import registry from 'oui-data' with { type: 'json' };
import { assetFile } from '../../../../main/engine/place.ts';
import { vendorTable } from '../../../../main/engine/wire/vendors.ts';

const vendorOf = vendorTable(assetFile('oui/oui.tsv'));

test('the longest prefix wins: MA-S over MA-M over MA-L', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'oui-')), 'oui.tsv');
  writeFileSync(file, 'C85CE2\tLarge\nC85CE27\tMiddle\nC85CE27AB\tSmall\n');
  const own = vendorTable(file);
  expect(['C85CE27ABCDE', 'C85CE27FFFFF', 'C85CE2000000', 'C85CE3000000'].map(own)).toEqual([
    'Small',
    'Middle',
    'Large',
    null,
  ]);
});
test('without a table there are no makers, and no failure', () =>
  expect(vendorTable('/nowhere/oui.tsv')('C85CE27ABCDE')).toBeNull());
test('every thousandth registered prefix is found as the registry has it', () => {
  const prefixes = Object.keys(registry).filter((_, at) => at % 1000 === 0);
  expect(prefixes.length).toBeGreaterThan(50);
  for (const prefix of prefixes) {
    const mac = prefix.padEnd(12, '0');
    const expected =
      (registry as Record<string, string>)[mac.slice(0, 9)] ??
      (registry as Record<string, string>)[mac.slice(0, 7)] ??
      (registry as Record<string, string>)[mac.slice(0, 6)];
    const second = Number.parseInt(mac.slice(0, 2), 16);
    if ((second & 2) === 0) expect(expected?.replace(/\s+/g, ' ').startsWith(vendorOf(mac) as string)).toBe(true);
  }
});
test('a made-up address has no maker', () => expect(vendorOf('02AABBCCDDEE')).toBeNull());
