/** The search box. */
import { findRows, soundOf } from '../search.ts';
import { toIndexCount } from '../search-later.ts';
import { refText, titleOf } from '../titles.ts';
import { os } from '../rpc.ts';

export const searchRouter = os.search.router({
  behind: os.search.behind.handler(({ context }) => ({ n: toIndexCount(context.engine.db) })),
  title: os.search.title.handler(({ input, context }) => ({
    title: refText(context.engine.db, input.table, input.id) || null,
  })),
  sounds: os.search.sounds.handler(({ input }) => input.map(soundOf)),
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
