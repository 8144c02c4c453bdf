/** Ranges of departments and their requests, a threshold of each subnet, and cool-downs that were ended by hand. */
export const ranges = `
CREATE TABLE app.range_requests (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "asked_on" date NOT NULL,
  "department" text NOT NULL,
  "person_id" uuid NOT NULL REFERENCES app.people DEFERRABLE INITIALLY DEFERRED,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "purpose" text NOT NULL,
  "addresses" bigint NOT NULL,
  "from_on" date NOT NULL,
  "until_on" date,
  "subnet_id" uuid REFERENCES app.subnets DEFERRABLE INITIALLY DEFERRED,
  "state" text NOT NULL,
  "range_id" uuid REFERENCES app.address_ranges DEFERRABLE INITIALLY DEFERRED,
  "decided_at" timestamptz,
  "decided_by" text,
  "reason" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX range_requests_person_id ON app.range_requests ("person_id") WHERE "person_id" IS NOT NULL;
CREATE INDEX range_requests_location_id ON app.range_requests ("location_id") WHERE "location_id" IS NOT NULL;
CREATE INDEX range_requests_subnet_id ON app.range_requests ("subnet_id") WHERE "subnet_id" IS NOT NULL;
CREATE INDEX range_requests_range_id ON app.range_requests ("range_id") WHERE "range_id" IS NOT NULL;
CREATE VIEW pub.range_requests AS SELECT id, "number", "asked_on", "department", "person_id", "location_id", "purpose", "addresses", "from_on", "until_on", "subnet_id", "state", "range_id", "decided_at", "decided_by", "reason", "remark", rv FROM app.range_requests WHERE deleted_rv IS NULL;

ALTER TABLE app.address_ranges ADD COLUMN "department" text;
CREATE OR REPLACE VIEW pub.address_ranges AS SELECT id, "subnet_id", "kind", "first_ip", "last_ip", "label", rv, "department" FROM app.address_ranges WHERE deleted_rv IS NULL;

ALTER TABLE app.subnets ADD COLUMN "warn_percent" bigint;
CREATE OR REPLACE VIEW pub.subnets AS SELECT id, "cidr", "name", "vlan", "gateway", "dns", "purpose", "location_id", "cooldown_days", "remark", rv, "strict_order", "warn_percent" FROM app.subnets WHERE deleted_rv IS NULL;

ALTER TABLE app.bindings ADD COLUMN "cooled_on" date;
CREATE OR REPLACE VIEW pub.bindings AS SELECT id, "ip", "mac", "person_id", "location_id", "asset_id", "hostname", "outlet", "switch_name", "switch_port", "remark", "subnet_id", "state", "opened_on", "opened_at", "released_at", "reason", "skipped", "shared_ok", rv, "cooled_on" FROM app.bindings WHERE deleted_rv IS NULL;
`;
