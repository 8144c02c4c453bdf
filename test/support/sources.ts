/** Every source file of the house and what it imports, read by a parser: the ground of house.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from '@swc/core';

export const root = join(__dirname, '..', '..');
export const rooms = ['shared', 'main', 'preload', 'renderer', 'hub', 'scripts', 'test'] as const;

export interface Import {
  /** As written. */
  specifier: string;
  /** For relative imports the file meant, from the root: `shared/ip.ts`. */
  target: string | null;
  isType: boolean;
  /** `import('…')`: loaded when asked for, so it may lead back. */
  isLazy: boolean;
}
export interface Source {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
  imports: Import[];
  hasDefaultExport: boolean;
}

/** The part of swc's syntax tree that says what a module takes and gives. */
interface Node {
  type: string;
  source?: { value: string } | null;
  typeOnly?: boolean;
  specifiers?: { type: string; isTypeOnly?: boolean; exported?: { value: string } | null }[];
  callee?: { type: string; value?: string };
  arguments?: { expression: { type: string; value?: string } }[];
}

export const readSources = (): Source[] =>
  rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map((entry) => readSource(relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))),
  );

const readSource = (path: string): Source => {
  const text = readFileSync(join(root, path), 'utf8');
  const tree = parseSync(text, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2024' }) as unknown as {
    body: Node[];
  };
  const found = [...tree.body.flatMap(staticImport), ...dynamicImports(tree)];
  return {
    path,
    text,
    imports: found.map((each) => ({ ...each, target: resolve(path, each.specifier) })),
    hasDefaultExport: tree.body.some(isDefaultExport),
  };
};

const resolve = (path: string, specifier: string): string | null =>
  specifier.startsWith('.') ? join(dirname(path), specifier.split('?')[0]!).replaceAll('\\', '/') : null;

type Found = Omit<Import, 'target'>;

const staticImport = (node: Node): Found[] => {
  if (!node.source || !/^(Import|Export)/.test(node.type)) return [];
  const names = node.specifiers ?? [];
  const isType = node.typeOnly === true || (names.length > 0 && names.every((name) => name.isTypeOnly === true));
  return [{ specifier: node.source.value, isType, isLazy: false }];
};

/** `import('…')` and `require('…')`, wherever they stand. */
const dynamicImports = (node: unknown): Found[] => {
  if (Array.isArray(node)) return node.flatMap(dynamicImports);
  if (typeof node !== 'object' || node === null) return [];
  const { type, callee, arguments: args } = node as Node;
  const called =
    type === 'CallExpression' &&
    (callee?.type === 'Import' || (callee?.type === 'Identifier' && callee.value === 'require'));
  const name = called ? args?.[0]?.expression : undefined;
  const own =
    name?.type === 'StringLiteral' && name.value !== undefined
      ? [{ specifier: name.value, isType: false, isLazy: true }]
      : [];
  return [...own, ...Object.values(node).flatMap(dynamicImports)];
};

const isDefaultExport = (node: Node): boolean =>
  node.type.startsWith('ExportDefault') ||
  (node.type === 'ExportNamedDeclaration' &&
    (node.specifiers ?? []).some((name) => name.exported?.value === 'default'));

/** The rings of files that import each other, types included, lazy imports not; each as the files in order. */
export const cycles = (sources: Source[]): string[][] => {
  const edges = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(({ isLazy }) => !isLazy).map(({ target }) => target)]),
  );
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    const back = trail.indexOf(path);
    if (back !== -1) return void found.push([...trail.slice(back), path]);
    if (done.has(path)) return;
    for (const target of edges.get(path) ?? [])
      if (target !== null && edges.has(target)) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
};
