/** Ways out of conflicts, assets that turned out to be one, cards shared on purpose, approvals; and tags that are the same in any case. */
export const conflictWays = `
ALTER TABLE app.conflicts
  ADD COLUMN "raised_at" timestamptz,
  ADD COLUMN "mine_wall" timestamptz,
  ADD COLUMN "theirs_seq" bigint,
  ADD COLUMN "theirs_unc" bigint,
  ADD COLUMN "asked_by" text,
  ADD COLUMN "asked_at" timestamptz,
  ADD COLUMN "asked_note" text;
DROP VIEW pub.conflicts;
CREATE VIEW pub.conflicts AS SELECT id, "kind", "tbl", "row_id", "rule", "fields", "ops", "holder_id", "parent_id", "mine_actor", "mine_at", "mine_unc", "theirs_actor", "theirs_at", "incarnation", "mut_no", "command", "reason", "state", "how", "resolved_by", "resolved_at", "raised_at", "mine_wall", "theirs_seq", "theirs_unc", "asked_by", "asked_at", "asked_note", rv FROM app.conflicts WHERE deleted_rv IS NULL;

ALTER TABLE app.assets ADD COLUMN "merged_into_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX assets_merged_into_id ON app.assets ("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
DROP VIEW pub.assets;
CREATE VIEW pub.assets AS SELECT id, "tag", "name", "class_code", "category", "brand", "spec", "model", "serial", "unit", "quantity", "price", "purchased_on", "accepted_on", "supplier", "invoice", "funding", "procurement", "usage", "department", "user_id", "custodian_id", "location_id", "status", "warranty_until", "minimum_years", "ip", "mac", "hostname", "remark", "merged_into_id", rv FROM app.assets WHERE deleted_rv IS NULL;

ALTER TABLE app.bindings ADD COLUMN "shared_ok" boolean;
DROP INDEX app.binding_mac;
CREATE UNIQUE INDEX binding_mac ON app.bindings ("mac") WHERE deleted_rv IS NULL AND state <> 'released' AND shared_ok IS NOT TRUE;
DROP VIEW pub.bindings;
CREATE VIEW pub.bindings AS SELECT id, "ip", "mac", "person_id", "location_id", "asset_id", "hostname", "outlet", "switch_name", "switch_port", "remark", "subnet_id", "state", "opened_on", "opened_at", "released_at", "reason", "skipped", "shared_ok", rv FROM app.bindings WHERE deleted_rv IS NULL;

-- Until now zc-001 and ZC-001 were two tags here, and one on every laptop. Twins that came in that way are no fault of this migration
-- and no laptop's to lose: of each pair the first keeps its place under the index, the later one is left out of it by its id, and
-- the laptops show both as one tag twice, to be merged or renumbered. The program itself asks for the key of either from now on.
DO $$
DECLARE twins text;
BEGIN
  SELECT string_agg(quote_literal(id) || '::uuid', ', ') INTO twins FROM (
    SELECT id, row_number() OVER (PARTITION BY lower(tag COLLATE "C") ORDER BY rv, id) AS n
    FROM app.assets WHERE deleted_rv IS NULL AND tag IS NOT NULL) counted WHERE n > 1;
  DROP INDEX app.asset_tag;
  EXECUTE 'CREATE UNIQUE INDEX asset_tag ON app.assets (lower("tag" COLLATE "C")) WHERE deleted_rv IS NULL'
    || CASE WHEN twins IS NULL THEN '' ELSE ' AND NOT (id = ANY (ARRAY[' || twins || ']))' END;
END $$;
-- Who holds a tag is looked up among all of them.
CREATE INDEX assets_tag_key ON app.assets (lower("tag" COLLATE "C")) WHERE deleted_rv IS NULL;

CREATE TABLE app.approvals (
  id uuid PRIMARY KEY,
  "tbl" text NOT NULL,
  "row_id" text NOT NULL,
  "what" text NOT NULL,
  "target_rv" bigint,
  "content" text NOT NULL,
  "content_sha256" text NOT NULL,
  "verdict" text NOT NULL,
  "signer" text NOT NULL,
  "signed_on" date NOT NULL,
  "approver" text NOT NULL,
  "at" timestamptz NOT NULL,
  "note" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.approvals AS SELECT id, "tbl", "row_id", "what", "target_rv", "content", "content_sha256", "verdict", "signer", "signed_on", "approver", "at", "note", rv FROM app.approvals WHERE deleted_rv IS NULL;
`;
