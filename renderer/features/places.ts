/** Paths of all places by id, for single records whose call brings no titles along. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LocationNode } from '../../shared/features/locations.ts';
import { rpc } from '../query.ts';

/** As lists write it: without the campus, which is the same everywhere in most units. */
function shortPath(node: LocationNode, campuses: ReadonlySet<string>): string {
  const names = node.path.split(' / ');
  return names.length > 2 && campuses.has(names[0] ?? '') ? names.slice(1).join(' / ') : node.path;
}

const none: Readonly<Record<string, string>> = {};
export function usePlaces(): Readonly<Record<string, string>> {
  const { data } = useQuery(rpc.locations.tree.queryOptions({ meta: { tables: ['locations', 'assets'] } }));
  return useMemo(() => {
    if (!data) return none;
    const campuses = new Set(data.filter(({ kind }) => kind === 'campus').map(({ name }) => name));
    return Object.fromEntries(data.map((node) => [node.id, shortPath(node, campuses)]));
  }, [data]);
}
