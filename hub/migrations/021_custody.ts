/** Tools and sealed envelopes in custody, and what a handover keeps about its registers, its archive and its lateness. */
export const custody = `
CREATE TABLE app.tools (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "kind" text NOT NULL,
  "name" text NOT NULL,
  "model" text,
  "quantity" bigint NOT NULL,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "condition" text NOT NULL,
  "holder" text,
  "issued_on" date,
  "back_by" date,
  "returned_on" date,
  "received_by" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX tools_location_id ON app.tools ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.tools AS SELECT id, "number", "kind", "name", "model", "quantity", "location_id", "condition", "holder", "issued_on", "back_by", "returned_on", "received_by", "remark", rv FROM app.tools WHERE deleted_rv IS NULL;

CREATE TABLE app.envelopes (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "system" text NOT NULL,
  "account" text NOT NULL,
  "sealed" boolean,
  "holder" text,
  "changed_on" date,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX envelopes_location_id ON app.envelopes ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.envelopes AS SELECT id, "number", "system", "account", "sealed", "holder", "changed_on", "location_id", "remark", rv FROM app.envelopes WHERE deleted_rv IS NULL;

ALTER TABLE app.handovers ADD COLUMN "archive_number" text, ADD COLUMN "filed_on" date, ADD COLUMN "late_opinion" text;
CREATE OR REPLACE VIEW pub.handovers AS SELECT id, "number", "giver", "receiver", "supervisor", "location_id", "reason", "state", "start_on", "due_on", "done_on", "gathered_at", "remark", rv, "archive_number", "filed_on", "late_opinion" FROM app.handovers WHERE deleted_rv IS NULL;

ALTER TABLE app.handover_items ADD COLUMN "version" text, ADD COLUMN "pages" bigint, ADD COLUMN "carrier" text, ADD COLUMN "ticket_id" uuid REFERENCES app.tickets DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX handover_items_ticket_id ON app.handover_items ("ticket_id") WHERE "ticket_id" IS NOT NULL;
CREATE OR REPLACE VIEW pub.handover_items AS SELECT id, "handover_id", "part", "position", "label", "detail", "place", "book", "actual", "result", "note", "subject", "about_id", "opinion", "waived", "checked_at", "checked_by", rv, "version", "pages", "carrier", "ticket_id" FROM app.handover_items WHERE deleted_rv IS NULL;
`;
