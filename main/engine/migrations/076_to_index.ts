/** Rows that came in bulk and are in no search entry yet, one line a page and table: a crash forgets none of them (search-later.ts). */
export const toIndex = {
  number: 76,
  sql: `
CREATE TABLE _to_index (
  ord INTEGER PRIMARY KEY,
  tbl TEXT NOT NULL,
  -- JSON array of row ids, in the order they are to be indexed.
  ids TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;
`,
};
