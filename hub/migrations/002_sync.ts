/** What sync keeps beside the registers (sync.md 2.3). */
export const sync = `
CREATE SCHEMA sync;

-- One row. Every commit takes its number here under the row's lock: gapless, in commit order, one writer at a time.
CREATE TABLE sync.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  chain text NOT NULL,
  schema int NOT NULL
);

-- The change feed over all tables: one line a row, at its newest version.
CREATE TABLE sync.feed (
  tbl text NOT NULL,
  row_id uuid NOT NULL,
  rv bigint NOT NULL,
  ord int NOT NULL,
  PRIMARY KEY (tbl, row_id)
);
CREATE INDEX feed_order ON sync.feed (rv, ord);

CREATE TABLE sync.device (
  id uuid PRIMARY KEY,
  machine text NOT NULL,
  technician text NOT NULL,
  token_sha256 bytea NOT NULL,
  -- For the signed rounds of sync.md 2.11: a device that has one may be asked to sign.
  public_key bytea,
  enrolled_at timestamptz NOT NULL,
  seen_at timestamptz,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX device_machine ON sync.device (machine) WHERE revoked_at IS NULL;

-- The first four characters of a code name it; the whole is kept only as its hash.
CREATE TABLE sync.code (
  name text PRIMARY KEY,
  sha256 bytea NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  failures int NOT NULL DEFAULT 0,
  used_at timestamptz,
  device uuid
);

-- An incarnation belongs to the device that first used it; its commits come without a gap.
CREATE TABLE sync.incarnation (
  id uuid PRIMARY KEY,
  device uuid NOT NULL REFERENCES sync.device,
  last_mut_no int NOT NULL,
  last_sha256 text NOT NULL
);

CREATE TABLE sync.commit (
  seq bigint PRIMARY KEY,
  epoch uuid NOT NULL,
  device uuid NOT NULL,
  incarnation uuid NOT NULL,
  mut_no int NOT NULL,
  actor text NOT NULL,
  command text NOT NULL,
  recv_at timestamptz NOT NULL,
  est_at timestamptz NOT NULL,
  unc_ms bigint NOT NULL,
  sha256 text NOT NULL,
  chain text NOT NULL,
  -- The commit as it came (head, then one line an operation), and the verdict as it was answered: both are repeated word for word.
  body text NOT NULL,
  body_bytes int NOT NULL,
  result text NOT NULL,
  UNIQUE (incarnation, mut_no)
);

-- Rows that do not exist yet because the commit that inserts them waits in an open conflict.
CREATE TABLE sync.waiting (
  tbl text NOT NULL,
  row_id uuid NOT NULL,
  conflict uuid NOT NULL,
  PRIMARY KEY (tbl, row_id)
);

-- Success or failure is part of the record (security.md H9): enrolments, wrong codes, refused devices.
CREATE TABLE sync.event (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  device uuid,
  address text,
  success boolean NOT NULL,
  detail text NOT NULL
);

-- Nobody changes what was committed: a second line of defence behind the program.
CREATE FUNCTION sync.keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'insert only'; END $$;
CREATE TRIGGER commit_kept BEFORE UPDATE OR DELETE ON sync.commit FOR EACH ROW EXECUTE FUNCTION sync.keep();
CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON sync.event FOR EACH ROW EXECUTE FUNCTION sync.keep();
`;
