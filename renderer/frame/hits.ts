/** Where a found record opens: `<screen>/<id>` on the screen of its table. */
import type { SearchHit } from '../../shared/features/search.ts';
import { screens } from '../screens.ts';

/** Tables whose screen has another name. */
const screenOfTable: Readonly<Record<string, string>> = {
  bindings: 'addresses',
  documents: 'print',
  handovers: 'handover',
  knowledge_articles: 'tickets/knowledge',
  range_requests: 'requests',
};

/** Null for a record that has no screen in this version. */
export function routeOfHit({ table, id }: Pick<SearchHit, 'table' | 'id'>): string | null {
  const path = screenOfTable[table] ?? table;
  return screens.some((screen) => screen.path === path) ? `${path}/${encodeURIComponent(id)}` : null;
}
