/** Naming rules (synced), and silent addresses that a sweep asked in a second way before they count as silent (local). */
export const namingMigration = {
  number: 63,
  sql: `
CREATE TABLE naming_rules (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  pattern TEXT NOT NULL,
  subnet_id TEXT,
  kind TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;

CREATE TABLE _second_looks (
  sweep_id TEXT NOT NULL REFERENCES _sweeps(id) ON DELETE CASCADE,
  ip TEXT NOT NULL,
  way TEXT NOT NULL,
  PRIMARY KEY (ip, sweep_id, way)
) STRICT, WITHOUT ROWID;
CREATE INDEX _second_looks_sweep ON _second_looks(sweep_id);
`,
};
