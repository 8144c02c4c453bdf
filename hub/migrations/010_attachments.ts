/** Attachments (drafted from the declaration), and their bytes in pieces: in PostgreSQL, as several hubs share one and a backup is one file. */
export const attachments = `
CREATE TABLE app.attachments (
  id uuid PRIMARY KEY,
  "tbl" text NOT NULL,
  "row_id" text NOT NULL,
  "name" text NOT NULL,
  "sha256" text NOT NULL,
  "size" bigint NOT NULL,
  "type" text NOT NULL,
  "thumb" text,
  "note" text,
  "at" timestamptz NOT NULL,
  "author" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX attachments_row ON app.attachments ("row_id", "tbl");
CREATE INDEX attachments_sha256 ON app.attachments ("sha256");
CREATE VIEW pub.attachments AS SELECT id, "tbl", "row_id", "name", "sha256", "size", "type", "thumb", "note", "at", "author", rv FROM app.attachments WHERE deleted_rv IS NULL;

-- \`received\`: bytes without a gap from the first. Only a whole one is read out: its hash was right. Until then each laptop has its own pieces,
-- so that nobody's wrong ones spoil what another brings.
CREATE TABLE sync.blob (
  sha256 text NOT NULL,
  size bigint NOT NULL,
  type text NOT NULL,
  state text NOT NULL CHECK (state IN ('partial', 'whole')),
  received bigint NOT NULL,
  uploaded_by uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (sha256, uploaded_by)
);
CREATE UNIQUE INDEX blob_whole ON sync.blob (sha256) WHERE state = 'whole';
CREATE INDEX blob_uploaded ON sync.blob (uploaded_by, at);
CREATE TABLE sync.blob_chunk (
  sha256 text NOT NULL,
  uploaded_by uuid NOT NULL,
  "offset" bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (sha256, uploaded_by, "offset"),
  FOREIGN KEY (sha256, uploaded_by) REFERENCES sync.blob ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
-- Photos are packed already: PostgreSQL need not try.
ALTER TABLE sync.blob_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
`;
