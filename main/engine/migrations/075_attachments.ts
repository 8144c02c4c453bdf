/** Attachments (synced), and where the bytes of each of them are (local: every laptop has its own). */
export const attachmentsMigration = {
  number: 75,
  sql: `
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  type TEXT NOT NULL,
  thumb TEXT,
  note TEXT,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX attachments_row ON attachments(row_id, tbl);
CREATE INDEX attachments_sha256 ON attachments(sha256);

-- here: whole in blobs/. stored_in: epoch of the store that has it whole; a store of another epoch is asked again. wanted_at: somebody
-- waits for it. fetched: it came from the store, so it may go again when space is short.
CREATE TABLE _blobs (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  here INTEGER NOT NULL,
  stored_in TEXT,
  wanted_at INTEGER,
  used_at INTEGER NOT NULL,
  fetched INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  retry_at INTEGER NOT NULL DEFAULT 0,
  problem TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX _blobs_fetched ON _blobs(used_at) WHERE here = 1;
`,
};
