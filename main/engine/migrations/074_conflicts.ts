/** Ways out of conflicts: who asked whom, cards shared on purpose, assets that turned out to be one, and approvals bound to content. */
export const conflictWays = {
  number: 74,
  sql: `
ALTER TABLE conflicts ADD COLUMN raised_at INTEGER;
ALTER TABLE conflicts ADD COLUMN mine_wall INTEGER;
ALTER TABLE conflicts ADD COLUMN theirs_seq INTEGER;
ALTER TABLE conflicts ADD COLUMN theirs_unc INTEGER;
ALTER TABLE conflicts ADD COLUMN asked_by TEXT;
ALTER TABLE conflicts ADD COLUMN asked_at INTEGER;
ALTER TABLE conflicts ADD COLUMN asked_note TEXT;
ALTER TABLE assets ADD COLUMN merged_into_id TEXT;
ALTER TABLE bindings ADD COLUMN shared_ok INTEGER;
CREATE INDEX assets_merged ON assets(merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  what TEXT NOT NULL,
  target_rv INTEGER,
  content TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  verdict TEXT NOT NULL,
  signer TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  approver TEXT NOT NULL,
  at INTEGER NOT NULL,
  note TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX approvals_row ON approvals(row_id);
`,
};
