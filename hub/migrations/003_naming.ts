/** How computers are to be named: a register of its own since discovery compares names with it. */
export const naming = `
CREATE TABLE app.naming_rules (
  id uuid PRIMARY KEY,
  "label" text NOT NULL,
  "pattern" text NOT NULL,
  "subnet_id" uuid REFERENCES app.subnets DEFERRABLE INITIALLY DEFERRED,
  "kind" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX naming_rules_subnet_id ON app.naming_rules ("subnet_id") WHERE "subnet_id" IS NOT NULL;
CREATE VIEW pub.naming_rules AS SELECT id, "label", "pattern", "subnet_id", "kind", "remark", rv FROM app.naming_rules WHERE deleted_rv IS NULL;
`;
