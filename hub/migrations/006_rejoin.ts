/** What a hub that was restored from a backup needs to take back what its laptops still hold (sync.md 2.9). */
export const rejoin = `
-- Every epoch this store has had. \`seq\` is the last commit it shares with the one before; the first begins at 0.
CREATE TABLE sync.epoch (
  epoch uuid PRIMARY KEY,
  before uuid,
  at timestamptz NOT NULL,
  seq bigint NOT NULL
);
INSERT INTO sync.epoch SELECT epoch, NULL, now(), 0 FROM sync.head;

-- An incarnation that others offered belongs to nobody until its own laptop comes. Up to \`old_upto\` its commits were made over a past
-- that was lost: what they saw counts only up to \`old_seq\`.
ALTER TABLE sync.incarnation ALTER COLUMN device DROP NOT NULL;
ALTER TABLE sync.incarnation ADD COLUMN old_upto int NOT NULL DEFAULT 0;
ALTER TABLE sync.incarnation ADD COLUMN old_seq bigint NOT NULL DEFAULT 0;

-- Which laptop brought a commit back; null for those that came from their authors.
ALTER TABLE sync.commit ADD COLUMN offered_by uuid;
`;
