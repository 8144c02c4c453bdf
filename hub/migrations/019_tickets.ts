/** Tickets whole: parts, vendor, escalation, first aid, the knowledge base, areas of responsibility, the unit's deadline rule. */
export const ticketsWhole = `
ALTER TABLE app.tickets ADD COLUMN "part_lines" text;
ALTER TABLE app.tickets ADD COLUMN "requisition" text;
ALTER TABLE app.tickets ADD COLUMN "vendor_contact" text;
ALTER TABLE app.tickets ADD COLUMN "vendor_called_at" timestamptz;
ALTER TABLE app.tickets ADD COLUMN "vendor_arrived_at" timestamptz;
ALTER TABLE app.tickets ADD COLUMN "off_site" boolean;
ALTER TABLE app.tickets ADD COLUMN "escalated_at" timestamptz;
ALTER TABLE app.tickets ADD COLUMN "escalation" text;
CREATE OR REPLACE VIEW pub.tickets AS SELECT id, "number", "kind", "person_id", "reporter", "phone", "department", "location_id", "asset_id", "ip", "category", "symptom", "priority", "channel", "state", "assignee", "reported_at", "accepted_at", "arrived_at", "finished_at", "closed_at", "due_on", "due_at", "paused_at", "pause_reason", "cause", "action", "parts", "vendor", "cost", "result", "advice", "satisfaction", rv, "part_lines", "requisition", "vendor_contact", "vendor_called_at", "vendor_arrived_at", "off_site", "escalated_at", "escalation" FROM app.tickets WHERE deleted_rv IS NULL;
ALTER TABLE app.ticket_events ADD COLUMN "aid_step" text;
ALTER TABLE app.ticket_events ADD COLUMN "aid_outcome" text;
CREATE OR REPLACE VIEW pub.ticket_events AS SELECT id, "ticket_id", "kind", "at", "actor", "reason", "remark", rv, "aid_step", "aid_outcome" FROM app.ticket_events WHERE deleted_rv IS NULL;
ALTER TABLE app.assets ADD COLUMN "no_offsite" boolean;
CREATE OR REPLACE VIEW pub.assets AS SELECT id, "tag", "name", "class_code", "category", "brand", "spec", "model", "serial", "unit", "quantity", "price", "purchased_on", "accepted_on", "supplier", "invoice", "funding", "procurement", "usage", "department", "user_id", "custodian_id", "location_id", "status", "warranty_until", "minimum_years", "ip", "mac", "hostname", "remark", "merged_into_id", rv, "no_offsite" FROM app.assets WHERE deleted_rv IS NULL;

CREATE TABLE app.first_aid_lists (
  id uuid PRIMARY KEY,
  "category" text NOT NULL,
  "steps" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.first_aid_lists AS SELECT id, "category", "steps", rv FROM app.first_aid_lists WHERE deleted_rv IS NULL;

CREATE TABLE app.knowledge_articles (
  id uuid PRIMARY KEY,
  "title" text NOT NULL,
  "category" text NOT NULL,
  "symptom" text,
  "solution" text NOT NULL,
  "handout" boolean,
  "ticket_id" uuid REFERENCES app.tickets DEFERRABLE INITIALLY DEFERRED,
  "author" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX knowledge_articles_ticket_id ON app.knowledge_articles ("ticket_id") WHERE "ticket_id" IS NOT NULL;
CREATE VIEW pub.knowledge_articles AS SELECT id, "title", "category", "symptom", "solution", "handout", "ticket_id", "author", rv FROM app.knowledge_articles WHERE deleted_rv IS NULL;

CREATE TABLE app.duty_areas (
  id uuid PRIMARY KEY,
  "location_id" uuid NOT NULL REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "owner" text NOT NULL,
  "stand_in" text,
  "stand_in_from" date,
  "stand_in_until" date,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX duty_areas_location_id ON app.duty_areas ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.duty_areas AS SELECT id, "location_id", "owner", "stand_in", "stand_in_from", "stand_in_until", "remark", rv FROM app.duty_areas WHERE deleted_rv IS NULL;

CREATE TABLE app.sla_rules (
  id uuid PRIMARY KEY,
  "rule" text NOT NULL,
  "workdays" bigint NOT NULL,
  "vacation" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.sla_rules AS SELECT id, "rule", "workdays", "vacation", rv FROM app.sla_rules WHERE deleted_rv IS NULL;
`;
