/**
 * Writes assets/oui/oui.tsv from the npm package oui-data (IEEE registries MA-L, MA-M, MA-S; BSD-2-Clause): one line a prefix,
 * sorted, `PREFIX<TAB>vendor`. The addresses that follow the vendor in the registry are left out: 1.6 MB instead of 5.6.
 * Run after the package changes: node scripts/compact-oui.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { makerName } from '../shared/features/discovery/vendors.ts';

const source = new URL('../node_modules/oui-data/index.json', import.meta.url);
const target = new URL('../assets/oui/oui.tsv', import.meta.url);

const registry = JSON.parse(readFileSync(source, 'utf8')) as Record<string, string>;
const lines = Object.entries(registry)
  .filter(([prefix]) => /^(?:[0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9})$/.test(prefix))
  .map(([prefix, vendor]) => `${prefix}\t${makerName(vendor.split('\n')[0] ?? '')}`)
  .toSorted((a, b) => (a < b ? -1 : 1));
writeFileSync(target, lines.join('\n') + '\n');
process.stdout.write(`${lines.length} prefixes\n`);
