/** The search box. */
import { findRows } from '../search.ts';
import { titleOf } from '../titles.ts';
import { os } from '../rpc.ts';

export const searchRouter = os.search.router({
  find: os.search.find.handler(({ input, context }) => {
    const { db } = context.engine;
    const hits = findRows(db, input.text, input.tables).flatMap(({ table, id }) => {
      const title = titleOf(db, table, id);
      return title ? [{ table, id, ...title }] : [];
    });
    // What is called just that comes first, whatever kind it is.
    const typed = input.text.trim().toLowerCase();
    const rank = ({ title }: { title: string }): number =>
      title.toLowerCase() === typed ? 0 : title.toLowerCase().startsWith(typed) ? 1 : 2;
    return hits.toSorted((a, b) => rank(a) - rank(b)).slice(0, input.limit);
  }),
});
