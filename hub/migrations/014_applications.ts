/** Applications for a line, the texts of the responsibility letter, and who is here only for a time. */
export const applications = `
CREATE TABLE app.applications (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "kind" text NOT NULL,
  "state" text NOT NULL,
  "name" text NOT NULL,
  "person_id" uuid REFERENCES app.people DEFERRABLE INITIALLY DEFERRED,
  "department" text,
  "phone" text,
  "staff_number" text,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "device_kind" text,
  "device" text,
  "mac" macaddr,
  "asset_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "purpose" text,
  "from_on" date,
  "until_on" date,
  "access_kind" text,
  "target" text,
  "has_antivirus" boolean,
  "has_patches" boolean,
  "is_dedicated" boolean,
  "knows_secrecy" boolean,
  "remark" text,
  "applied_on" date NOT NULL,
  "signed_by" text,
  "signed_on" date,
  "binding_id" uuid REFERENCES app.bindings DEFERRABLE INITIALLY DEFERRED,
  "opened_on" date,
  "cleared_on" date,
  "handler" text,
  "reason" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX applications_person_id ON app.applications ("person_id") WHERE "person_id" IS NOT NULL;
CREATE INDEX applications_location_id ON app.applications ("location_id") WHERE "location_id" IS NOT NULL;
CREATE INDEX applications_asset_id ON app.applications ("asset_id") WHERE "asset_id" IS NOT NULL;
CREATE INDEX applications_binding_id ON app.applications ("binding_id") WHERE "binding_id" IS NOT NULL;
CREATE VIEW pub.applications AS SELECT id, "number", "kind", "state", "name", "person_id", "department", "phone", "staff_number", "location_id", "device_kind", "device", "mac", "asset_id", "purpose", "from_on", "until_on", "access_kind", "target", "has_antivirus", "has_patches", "is_dedicated", "knows_secrecy", "remark", "applied_on", "signed_by", "signed_on", "binding_id", "opened_on", "cleared_on", "handler", "reason", rv FROM app.applications WHERE deleted_rv IS NULL;

CREATE TABLE app.letter_texts (
  id uuid PRIMARY KEY,
  "version" bigint NOT NULL,
  "title" text NOT NULL,
  "body" text NOT NULL,
  "months" bigint NOT NULL,
  "at" timestamptz NOT NULL,
  "author" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.letter_texts AS SELECT id, "version", "title", "body", "months", "at", "author", rv FROM app.letter_texts WHERE deleted_rv IS NULL;

ALTER TABLE app.people ADD COLUMN "sponsor_id" uuid REFERENCES app.people DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE app.people ADD COLUMN "outside_unit" text;
ALTER TABLE app.people ADD COLUMN "valid_until" date;
ALTER TABLE app.people ADD COLUMN "letter_on" date;
ALTER TABLE app.people ADD COLUMN "letter_text_id" uuid REFERENCES app.letter_texts DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX people_sponsor_id ON app.people ("sponsor_id") WHERE "sponsor_id" IS NOT NULL;
CREATE INDEX people_letter_text_id ON app.people ("letter_text_id") WHERE "letter_text_id" IS NOT NULL;
CREATE OR REPLACE VIEW pub.people AS SELECT id, "name", "department", "identity", "number", "phone", "location_id", "letter", "letter_until", "status", "remark", rv, "sponsor_id", "outside_unit", "valid_until", "letter_on", "letter_text_id" FROM app.people WHERE deleted_rv IS NULL;
`;
