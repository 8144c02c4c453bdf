/** Device keys, sessions, and what waits for the operator's decision (sync.md 2.11). */
export const keys = `
-- A laptop with a key has no token of its own any more.
ALTER TABLE sync.device ALTER COLUMN token_sha256 DROP NOT NULL;

-- Every key a laptop ever had: commits that come back after a restoration may be signed with an older one. sync.device.public_key is today's.
CREATE TABLE sync.device_key (
  public_key bytea PRIMARY KEY,
  name text NOT NULL,
  device uuid NOT NULL REFERENCES sync.device,
  added_at timestamptz NOT NULL
);
CREATE INDEX device_key_name ON sync.device_key (name);

-- An hour's access. Nothing here opens anything: the token is kept as its hash, and so is the nonce, which is good once.
CREATE TABLE sync.session (
  token_sha256 bytea PRIMARY KEY,
  nonce_sha256 bytea NOT NULL UNIQUE,
  device uuid NOT NULL REFERENCES sync.device,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_device ON sync.session (device, expires_at);

-- Seals nonces, and receipts of heads that were told: one for all hub processes of a store, and the same after a restoration.
CREATE TABLE sync.seal (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  key bytea NOT NULL
);
INSERT INTO sync.seal (key) VALUES (sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea));

-- Commits that nobody may apply by himself: never dropped, only decided.
CREATE TABLE sync.quarantine (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  reason text NOT NULL,
  -- The author's laptop as far as it is proved; the key's name where that laptop is not known here.
  device uuid,
  key_name text,
  -- Who brought it, where that was not the author.
  offered_by uuid,
  incarnation uuid NOT NULL,
  mut_no int NOT NULL,
  sha256 text NOT NULL,
  body text NOT NULL,
  -- Of commits that come from a lost past: their number there, the time they were given, and what both sides shared.
  old_seq bigint,
  est_at timestamptz NOT NULL,
  unc_ms bigint NOT NULL,
  seen bigint,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'discarded')),
  decided_at timestamptz,
  decided_by text,
  UNIQUE (incarnation, mut_no, sha256)
);
CREATE INDEX quarantine_device ON sync.quarantine (device);
CREATE FUNCTION sync.quarantine_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never deleted'; END $$;
CREATE TRIGGER quarantine_kept BEFORE DELETE ON sync.quarantine FOR EACH ROW EXECUTE FUNCTION sync.quarantine_keep();
`;
