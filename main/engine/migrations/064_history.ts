/** Sweeps that are kept for good, files known by their digest, and the trail of what was purged. */
export const historyMigration = {
  number: 64,
  sql: `
ALTER TABLE _sweeps ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE _sweeps ADD COLUMN digest TEXT;

CREATE TABLE evidence_purges (
  id TEXT PRIMARY KEY,
  class TEXT NOT NULL,
  before TEXT NOT NULL,
  purged INTEGER NOT NULL,
  at INTEGER NOT NULL,
  automatic INTEGER NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
`,
};
