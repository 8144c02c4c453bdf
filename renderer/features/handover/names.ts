/** Whose name is meant by what was typed into a field for a name. */
import type { SearchHit } from '../../../shared/features/search.ts';
import { client } from '../../rpc.ts';

const SHOWN = 20;
export const peopleFor = (text: string): { text: string; tables: string[]; limit: number } => ({
  text,
  tables: ['people'],
  limit: SHOWN,
});

/** People found, each name once: the paper carries the name alone. */
export const byName = (hits: readonly SearchHit[]): SearchHit[] =>
  hits.filter(({ title }, index) => hits.findIndex((hit) => hit.title === title) === index);

/** Pinyin or a number that leads to one name is that name; whatever else was typed stays as it is. */
export async function nameMeant(typed: string): Promise<string> {
  const text = typed.trim();
  if (!/^[\w .-]+$/.test(text)) return text;
  const names = byName(await client.search.find(peopleFor(text)));
  return names.length === 1 ? (names[0]?.title ?? text) : text;
}
