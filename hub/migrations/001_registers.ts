/**
 * The registers as real typed tables that other tools can read (`pub.*`), drafted by scripts/draft-hub-schema.ts from the record
 * declarations. `rv` is the hub commit that last changed a row, `fv` the one that last changed each field (absent: since insert).
 */
export const registers = `
CREATE SCHEMA app;
CREATE SCHEMA pub;

CREATE TABLE app.locations (
  id uuid PRIMARY KEY,
  "parent_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "kind" text NOT NULL,
  "name" text NOT NULL,
  "position" bigint,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX locations_parent_id ON app.locations ("parent_id") WHERE "parent_id" IS NOT NULL;
CREATE VIEW pub.locations AS SELECT id, "parent_id", "kind", "name", "position", "remark", rv FROM app.locations WHERE deleted_rv IS NULL;

CREATE TABLE app.people (
  id uuid PRIMARY KEY,
  "name" text NOT NULL,
  "department" text,
  "identity" text NOT NULL,
  "number" text,
  "phone" text,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "letter" text NOT NULL,
  "letter_until" date,
  "status" text NOT NULL,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX people_location_id ON app.people ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.people AS SELECT id, "name", "department", "identity", "number", "phone", "location_id", "letter", "letter_until", "status", "remark", rv FROM app.people WHERE deleted_rv IS NULL;

CREATE TABLE app.assets (
  id uuid PRIMARY KEY,
  "tag" text,
  "name" text NOT NULL,
  "class_code" text,
  "category" text NOT NULL,
  "brand" text,
  "spec" text,
  "model" text,
  "serial" text,
  "unit" text,
  "quantity" bigint,
  "price" bigint,
  "purchased_on" date,
  "accepted_on" date,
  "supplier" text,
  "invoice" text,
  "funding" text,
  "procurement" text,
  "usage" text,
  "department" text,
  "user_id" uuid REFERENCES app.people DEFERRABLE INITIALLY DEFERRED,
  "custodian_id" uuid REFERENCES app.people DEFERRABLE INITIALLY DEFERRED,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "status" text NOT NULL,
  "warranty_until" date,
  "minimum_years" bigint,
  "ip" inet,
  "mac" macaddr,
  "hostname" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX asset_tag ON app.assets ("tag") WHERE deleted_rv IS NULL;
CREATE INDEX assets_user_id ON app.assets ("user_id") WHERE "user_id" IS NOT NULL;
CREATE INDEX assets_custodian_id ON app.assets ("custodian_id") WHERE "custodian_id" IS NOT NULL;
CREATE INDEX assets_location_id ON app.assets ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.assets AS SELECT id, "tag", "name", "class_code", "category", "brand", "spec", "model", "serial", "unit", "quantity", "price", "purchased_on", "accepted_on", "supplier", "invoice", "funding", "procurement", "usage", "department", "user_id", "custodian_id", "location_id", "status", "warranty_until", "minimum_years", "ip", "mac", "hostname", "remark", rv FROM app.assets WHERE deleted_rv IS NULL;

CREATE TABLE app.subnets (
  id uuid PRIMARY KEY,
  "cidr" text NOT NULL,
  "name" text NOT NULL,
  "vlan" bigint,
  "gateway" inet,
  "dns" text,
  "purpose" text NOT NULL,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "cooldown_days" bigint,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX subnets_location_id ON app.subnets ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.subnets AS SELECT id, "cidr", "name", "vlan", "gateway", "dns", "purpose", "location_id", "cooldown_days", "remark", rv FROM app.subnets WHERE deleted_rv IS NULL;

CREATE TABLE app.address_ranges (
  id uuid PRIMARY KEY,
  "subnet_id" uuid NOT NULL REFERENCES app.subnets DEFERRABLE INITIALLY DEFERRED,
  "kind" text NOT NULL,
  "first_ip" inet NOT NULL,
  "last_ip" inet NOT NULL,
  "label" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX address_ranges_subnet_id ON app.address_ranges ("subnet_id") WHERE "subnet_id" IS NOT NULL;
CREATE VIEW pub.address_ranges AS SELECT id, "subnet_id", "kind", "first_ip", "last_ip", "label", rv FROM app.address_ranges WHERE deleted_rv IS NULL;

CREATE TABLE app.bindings (
  id uuid PRIMARY KEY,
  "mac" macaddr,
  "person_id" uuid NOT NULL REFERENCES app.people DEFERRABLE INITIALLY DEFERRED,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "asset_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "hostname" text,
  "outlet" text,
  "switch_name" text,
  "switch_port" text,
  "remark" text,
  "ip" inet NOT NULL,
  "subnet_id" uuid NOT NULL REFERENCES app.subnets DEFERRABLE INITIALLY DEFERRED,
  "state" text NOT NULL,
  "opened_on" date NOT NULL,
  "opened_at" timestamptz NOT NULL,
  "released_at" timestamptz,
  "reason" text,
  "skipped" boolean,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX binding_ip ON app.bindings ("ip") WHERE deleted_rv IS NULL AND state <> 'released';
CREATE UNIQUE INDEX binding_mac ON app.bindings ("mac") WHERE deleted_rv IS NULL AND state <> 'released';
CREATE INDEX bindings_person_id ON app.bindings ("person_id") WHERE "person_id" IS NOT NULL;
CREATE INDEX bindings_location_id ON app.bindings ("location_id") WHERE "location_id" IS NOT NULL;
CREATE INDEX bindings_asset_id ON app.bindings ("asset_id") WHERE "asset_id" IS NOT NULL;
CREATE INDEX bindings_subnet_id ON app.bindings ("subnet_id") WHERE "subnet_id" IS NOT NULL;
CREATE VIEW pub.bindings AS SELECT id, "mac", "person_id", "location_id", "asset_id", "hostname", "outlet", "switch_name", "switch_port", "remark", "ip", "subnet_id", "state", "opened_on", "opened_at", "released_at", "reason", "skipped", rv FROM app.bindings WHERE deleted_rv IS NULL;

CREATE TABLE app.tickets (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "kind" text NOT NULL,
  "person_id" uuid REFERENCES app.people DEFERRABLE INITIALLY DEFERRED,
  "reporter" text,
  "phone" text,
  "department" text,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "asset_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "ip" inet,
  "category" text NOT NULL,
  "symptom" text NOT NULL,
  "priority" text NOT NULL,
  "channel" text NOT NULL,
  "state" text NOT NULL,
  "assignee" text,
  "reported_at" timestamptz NOT NULL,
  "accepted_at" timestamptz,
  "arrived_at" timestamptz,
  "finished_at" timestamptz,
  "closed_at" timestamptz,
  "due_on" date NOT NULL,
  "due_at" timestamptz NOT NULL,
  "paused_at" timestamptz,
  "pause_reason" text,
  "cause" text,
  "action" text,
  "parts" text,
  "vendor" text,
  "cost" bigint,
  "result" text,
  "advice" text,
  "satisfaction" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX ticket_number ON app.tickets ("number") WHERE deleted_rv IS NULL;
CREATE INDEX tickets_person_id ON app.tickets ("person_id") WHERE "person_id" IS NOT NULL;
CREATE INDEX tickets_location_id ON app.tickets ("location_id") WHERE "location_id" IS NOT NULL;
CREATE INDEX tickets_asset_id ON app.tickets ("asset_id") WHERE "asset_id" IS NOT NULL;
CREATE VIEW pub.tickets AS SELECT id, "number", "kind", "person_id", "reporter", "phone", "department", "location_id", "asset_id", "ip", "category", "symptom", "priority", "channel", "state", "assignee", "reported_at", "accepted_at", "arrived_at", "finished_at", "closed_at", "due_on", "due_at", "paused_at", "pause_reason", "cause", "action", "parts", "vendor", "cost", "result", "advice", "satisfaction", rv FROM app.tickets WHERE deleted_rv IS NULL;

CREATE TABLE app.ticket_events (
  id uuid PRIMARY KEY,
  "ticket_id" uuid NOT NULL REFERENCES app.tickets DEFERRABLE INITIALLY DEFERRED,
  "kind" text NOT NULL,
  "at" timestamptz NOT NULL,
  "actor" text NOT NULL,
  "reason" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX ticket_events_ticket_id ON app.ticket_events ("ticket_id") WHERE "ticket_id" IS NOT NULL;
CREATE VIEW pub.ticket_events AS SELECT id, "ticket_id", "kind", "at", "actor", "reason", "remark", rv FROM app.ticket_events WHERE deleted_rv IS NULL;

CREATE TABLE app.calendar_days (
  id uuid PRIMARY KEY,
  "day" date NOT NULL,
  "kind" text NOT NULL,
  "name" text,
  "source" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.calendar_days AS SELECT id, "day", "kind", "name", "source", rv FROM app.calendar_days WHERE deleted_rv IS NULL;

CREATE TABLE app.documents (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "form" text NOT NULL,
  "title" text NOT NULL,
  "kind" text NOT NULL,
  "made_on" date NOT NULL,
  "made_at" timestamptz NOT NULL,
  "author" text NOT NULL,
  "sha256" text NOT NULL,
  "parts" bigint NOT NULL,
  "voided" boolean,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.documents AS SELECT id, "number", "form", "title", "kind", "made_on", "made_at", "author", "sha256", "parts", "voided", rv FROM app.documents WHERE deleted_rv IS NULL;

CREATE TABLE app.document_parts (
  id uuid PRIMARY KEY,
  "document_id" uuid NOT NULL REFERENCES app.documents DEFERRABLE INITIALLY DEFERRED,
  "part" bigint NOT NULL,
  "data" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX document_parts_document_id ON app.document_parts ("document_id") WHERE "document_id" IS NOT NULL;
CREATE VIEW pub.document_parts AS SELECT id, "document_id", "part", "data", rv FROM app.document_parts WHERE deleted_rv IS NULL;

CREATE TABLE app.handovers (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "giver" text NOT NULL,
  "receiver" text NOT NULL,
  "supervisor" text,
  "location_id" uuid NOT NULL REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "reason" text NOT NULL,
  "state" text NOT NULL,
  "start_on" date NOT NULL,
  "due_on" date NOT NULL,
  "done_on" date,
  "gathered_at" timestamptz,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX handovers_location_id ON app.handovers ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.handovers AS SELECT id, "number", "giver", "receiver", "supervisor", "location_id", "reason", "state", "start_on", "due_on", "done_on", "gathered_at", "remark", rv FROM app.handovers WHERE deleted_rv IS NULL;

CREATE TABLE app.handover_items (
  id uuid PRIMARY KEY,
  "handover_id" uuid NOT NULL REFERENCES app.handovers DEFERRABLE INITIALLY DEFERRED,
  "part" text NOT NULL,
  "position" bigint NOT NULL,
  "label" text NOT NULL,
  "detail" text,
  "place" text,
  "book" text,
  "actual" text,
  "result" text NOT NULL,
  "note" text,
  "subject" text,
  "about_id" uuid REFERENCES app.handover_items DEFERRABLE INITIALLY DEFERRED,
  "opinion" text,
  "waived" boolean,
  "checked_at" timestamptz,
  "checked_by" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX handover_items_handover_id ON app.handover_items ("handover_id") WHERE "handover_id" IS NOT NULL;
CREATE INDEX handover_items_about_id ON app.handover_items ("about_id") WHERE "about_id" IS NOT NULL;
CREATE VIEW pub.handover_items AS SELECT id, "handover_id", "part", "position", "label", "detail", "place", "book", "actual", "result", "note", "subject", "about_id", "opinion", "waived", "checked_at", "checked_by", rv FROM app.handover_items WHERE deleted_rv IS NULL;

CREATE TABLE app.ignored_findings (
  id uuid PRIMARY KEY,
  "finding" text NOT NULL,
  "ip" inet NOT NULL,
  "mac" macaddr,
  "until" date NOT NULL,
  "reason" text NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.ignored_findings AS SELECT id, "finding", "ip", "mac", "until", "reason", rv FROM app.ignored_findings WHERE deleted_rv IS NULL;

CREATE TABLE app.conflicts (
  id uuid PRIMARY KEY,
  "kind" text NOT NULL,
  "tbl" text NOT NULL,
  "row_id" text NOT NULL,
  "rule" text,
  "fields" text NOT NULL,
  "ops" text NOT NULL,
  "holder_id" text,
  "parent_id" text,
  "mine_actor" text NOT NULL,
  "mine_at" timestamptz NOT NULL,
  "mine_unc" bigint NOT NULL,
  "theirs_actor" text,
  "theirs_at" timestamptz,
  "incarnation" text NOT NULL,
  "mut_no" bigint NOT NULL,
  "command" text NOT NULL,
  "reason" text,
  "state" text NOT NULL,
  "how" text,
  "resolved_by" text,
  "resolved_at" timestamptz,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.conflicts AS SELECT id, "kind", "tbl", "row_id", "rule", "fields", "ops", "holder_id", "parent_id", "mine_actor", "mine_at", "mine_unc", "theirs_actor", "theirs_at", "incarnation", "mut_no", "command", "reason", "state", "how", "resolved_by", "resolved_at", rv FROM app.conflicts WHERE deleted_rv IS NULL;
`;
