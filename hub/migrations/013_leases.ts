/** Slices of addresses and tags that laptops take along, and subnets that insist on them. */
export const leases = `
CREATE TABLE app.leases (
  id uuid PRIMARY KEY,
  "kind" text NOT NULL,
  "pool" text NOT NULL,
  "first" bigint NOT NULL,
  "last" bigint NOT NULL,
  "machine" text NOT NULL,
  "technician" text NOT NULL,
  "days" bigint NOT NULL,
  "expires_at" timestamptz NOT NULL,
  "returned_at" timestamptz,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX leases_pool ON app.leases ("pool") WHERE "returned_at" IS NULL;
CREATE VIEW pub.leases AS SELECT id, "kind", "pool", "first", "last", "machine", "technician", "days", "expires_at", "returned_at", rv FROM app.leases WHERE deleted_rv IS NULL;

ALTER TABLE app.subnets ADD COLUMN "strict_order" boolean;
CREATE OR REPLACE VIEW pub.subnets AS SELECT id, "cidr", "name", "vlan", "gateway", "dns", "purpose", "location_id", "cooldown_days", "remark", rv, "strict_order" FROM app.subnets WHERE deleted_rv IS NULL;
`;
