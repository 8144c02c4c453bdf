/** The search box. */
import { findRows } from '../search.ts';
import { titleOf } from '../titles.ts';
import { os } from '../rpc.ts';

export const searchRouter = os.search.router({
  find: os.search.find.handler(({ input, context }) => {
    const { db } = context.engine;
    return findRows(db, input.text, input.limit, input.tables).flatMap(({ table, id }) => {
      const title = titleOf(db, table, id);
      return title ? [{ table, id, ...title }] : [];
    });
  }),
});
