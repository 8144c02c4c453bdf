/** Everything that screens name by what the data says has words: commands, tables, fields, stored choices. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptActions } from '../../shared/features/discovery/findings.ts';
import { bindingMoves } from '../../shared/features/ipam/states.ts';
import { catalogue } from '../../shared/messages.ts';
import type { Field } from '../../shared/record.ts';
import { records } from '../../shared/records.ts';

const engine = join(__dirname, '../../main/engine');
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
/** The name a commit gets: `engine.command('a.b', …)`, `engine.commit('a.b', …)`, or `change(engine, 'a.b', …)` of a feature's helper. */
const NAME = /(?:\b(?:command|commit)\(|(?<!\bwriteLog)\(\s*engine,)\s*(['`])(\w+\.[\w${}]+)\1/g;
const written = sources.flatMap((file) =>
  [...readFileSync(join(engine, file), 'utf8').matchAll(NAME)].map(([, , name = '']) => name),
);
/** What a name that is put together may become. */
const parts: Record<string, readonly string[]> = {
  'ipam.${kind}': Object.keys(bindingMoves).map((kind) => `ipam.${kind}`),
  'discovery.accept_${action}': acceptActions.map((action) => `discovery.accept_${action}`),
};
const commands = new Set(written.flatMap((name) => parts[name] ?? [name]));

test('commands are found where they are written, whichever way', () => {
  expect([...commands]).toEqual(
    expect.arrayContaining(['assets.create', 'transfer.commit', 'discovery.notice', 'ipam.bind', 'ipam.release']),
  );
  expect([...commands].filter((name) => name.includes('$'))).toEqual([]);
});

test('each command has its words', () => {
  expect([...commands].filter((name) => !(`command.${name}` in catalogue)).sort()).toEqual([]);
});

test('no words are kept for a command that is gone', () => {
  const worded = Object.keys(catalogue).flatMap((key) => (key.startsWith('command.') ? [key.slice(8)] : []));
  expect(worded.filter((name) => !commands.has(name))).toEqual([]);
});

const fields: [table: string, name: string, field: Field][] = records.flatMap(({ table, fields: declared }) =>
  Object.entries<Field>(declared).map(([name, field]): [string, string, Field] => [table, name, field]),
);
const wanted = [
  ...records.map(({ table }) => `record.${table}`),
  ...fields.map(([table, name]) => `field.${table}.${name}`),
  ...fields.flatMap(([table, name, field]) =>
    field.kind === 'choice' ? field.options.map((code) => `option.${table}.${name}.${code}`) : [],
  ),
];

test('each table, field and stored choice has its words', () => {
  expect(wanted.length).toBeGreaterThan(200);
  expect(wanted.filter((key) => !(key in catalogue))).toEqual([]);
});

/** English puts nothing behind the page number (第 3 页). */
const oneSided = new Set(['paper.page_after']);

test('both languages say something, the same blanks are filled in both', () => {
  const blanks = (sentence: string): string[] => [...new Set(sentence.match(/\{\{\w+\}\}/g))].sort();
  const uneven = Object.entries(catalogue).filter(
    ([key, [zh, en]]) =>
      (!oneSided.has(key) && (zh.trim() === '' || en.trim() === '')) || blanks(zh).join() !== blanks(en).join(),
  );
  expect(uneven.map(([key]) => key)).toEqual([]);
});
