/** What commits ask beyond the role or the areas of their laptops (security.md H5). It waits for somebody who may: held, never lost. */
import type { Op } from '../shared/commit.ts';
import { outside, withNewPlaces } from '../shared/sync/authority.ts';
import type { Find, RowValues } from '../shared/sync/scope.ts';
import type { World } from '../shared/sync/world.ts';
import type { Client } from './db.ts';
import { rightsOf, type Rights } from './rights.ts';
import { Finder } from './scope-find.ts';

export interface Asked {
  readonly source: { readonly device: string };
  readonly commit: { readonly actor: string; readonly incarnation: string };
  readonly ops: readonly Op[];
}
/** Operations of a commit that its author may not do, by their position; asked when the commit is decided, over the world as it is then. */
export type Authorise = (asked: Asked) => ReadonlySet<number>;

const NONE: ReadonlySet<number> = new Set();

/** Reads once for many commits what judging them takes; nothing but their roles for laptops that may do everything. */
export async function authoriserOf(client: Client, world: World, tasks: readonly Asked[]): Promise<Authorise> {
  const rights = new Map<string, Rights>();
  for (const { source } of tasks)
    if (!rights.has(source.device)) rights.set(source.device, await rightsOf(client, source.device));
  const limited = tasks.filter(({ source }) => !isFree(rights.get(source.device)));
  if (limited.length === 0) return () => NONE;
  const own = await ownersOf(client, limited);
  const made = new Map<string, RowValues>();
  for (const { ops } of limited) for (const op of ops) if ('values' in op) made.set(`${op.table}/${op.id}`, op.values);
  const finder = new Finder();
  const authorise: Authorise = ({ source: { device }, commit, ops }) => {
    const right = rights.get(device);
    if (!right || isFree(right)) return NONE;
    const before = (table: string, id: string) => world.row(table, id)?.values ?? made.get(`${table}/${id}`);
    const find: Find = (table, field, value) =>
      (field === 'id' ? before(table, value) : undefined) ?? finder.find(table, field, value);
    const authority = {
      role: right.role,
      part: right.part && withNewPlaces(right.part, find),
      actor: commit.actor,
      isOwn: (incarnation: string) => incarnation === commit.incarnation || own.get(incarnation) === device,
      find,
      before,
    };
    return new Set(ops.flatMap((op, index) => (outside(op, authority) === null ? [] : [index])));
  };
  await finder.answer(client, () => limited.map(authorise));
  return authorise;
}

const isFree = (rights: Rights | undefined): boolean => rights?.role === 'admin' && rights.part === null;

/** Whose the incarnations are; asked only when somebody settles a conflict. */
async function ownersOf(client: Client, tasks: readonly Asked[]): Promise<ReadonlyMap<string, string>> {
  if (!tasks.some(({ ops }) => ops.some(({ table }) => table === 'conflicts'))) return new Map();
  const { rows } = await client.query<{ id: string; device: string }>(
    'SELECT id, device FROM sync.incarnation WHERE device = ANY($1)',
    [[...new Set(tasks.map(({ source }) => source.device))]],
  );
  return new Map(rows.map(({ id, device }) => [id, device]));
}
