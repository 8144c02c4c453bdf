/**
 * Adds to package-lock.json the packages of other systems that npm left out because the registry it asked had no copy of them.
 * `npm ci` refuses a lock without them, everywhere. What is added has its exact version but no checksum, which only the registry
 * knows; on a machine that reaches all of them, `npm install` fills it in. Run after npm install: node scripts/complete-lock.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  version: string;
  cpu?: string[];
  dev?: boolean;
  libc?: string[];
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
}
export interface Lock {
  packages: Record<string, Locked>;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Node's own search: beside the package, then further up. */
const isThere = (packages: Lock['packages'], from: string, name: string): boolean => {
  if (packages[`${from ? `${from}/` : ''}node_modules/${name}`]) return true;
  return from !== '' && isThere(packages, from.split('/node_modules/').slice(0, -1).join('/node_modules/'), name);
};

/** The optional packages that are named and not locked, and who names them. */
export const missing = ({ packages }: Lock): { name: string; version: string; by: Locked }[] =>
  Object.entries(packages).flatMap(([path, by]) =>
    Object.entries(by.optionalDependencies ?? {})
      .filter(([name]) => !isThere(packages, path, name))
      .map(([name, version]) => ({ name, version, by })),
  );

/** These packages say in their names what they are for: `@oxlint/binding-linux-arm64-musl`. */
const entry = (name: string, version: string, by: Locked): Locked => {
  const parts = name.split(/[/-]/);
  const os = systems.filter((system) => parts.includes(system));
  const cpu = processors.filter((processor) => parts.includes(processor));
  if (!/^\d+\.\d+\.\d+/.test(version) || os.length !== 1 || cpu.length !== 1)
    throw new Error(
      `${name}@${version} does not say its system and exact version; add it to package-lock.json by hand.`,
    );
  const libc = parts.some((part) => part.startsWith('musl')) ? ['musl'] : ['glibc'];
  return { version, cpu, ...(by.dev ? { dev: true } : {}), ...(os[0] === 'linux' ? { libc } : {}), optional: true, os };
};

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const found = missing(lock);
  for (const { name, version, by } of found) lock.packages[`node_modules/${name}`] = entry(name, version, by);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${found.length} packages added.`);
}
