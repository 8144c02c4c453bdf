/** What sync keeps on the laptop: conflicts, confirmed images under own changes, held operations, and its log. */
export const sync = {
  number: 20,
  sql: `
CREATE TABLE conflicts (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  rule TEXT,
  fields TEXT NOT NULL,
  ops TEXT NOT NULL,
  holder_id TEXT,
  parent_id TEXT,
  mine_actor TEXT NOT NULL,
  mine_at INTEGER NOT NULL,
  mine_unc INTEGER NOT NULL,
  theirs_actor TEXT,
  theirs_at INTEGER,
  incarnation TEXT NOT NULL,
  mut_no INTEGER NOT NULL,
  command TEXT NOT NULL,
  reason TEXT,
  state TEXT NOT NULL,
  how TEXT,
  resolved_by TEXT,
  resolved_at INTEGER,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX conflicts_state ON conflicts(state, mine_at);
CREATE INDEX conflicts_row ON conflicts(row_id);
CREATE INDEX conflicts_parent ON conflicts(parent_id);

-- The last image the hub confirmed, only of rows with own changes on the way (a JSON object of all columns).
CREATE TABLE _shadow (
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (tbl, row_id)
) STRICT, WITHOUT ROWID;

-- A pending commit whose base the hub has changed under it: it will probably be held.
ALTER TABLE _commits ADD COLUMN conflicting INTEGER;

CREATE TABLE _sync_log (
  ord INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  code TEXT NOT NULL,
  params TEXT NOT NULL
) STRICT;
`,
};
