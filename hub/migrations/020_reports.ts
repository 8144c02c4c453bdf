/** Monthly reports, and what came back for papers that were handed in. */
export const reports = `
CREATE TABLE app.reports (
  id uuid PRIMARY KEY,
  "number" text NOT NULL,
  "month" text NOT NULL,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "state" text NOT NULL,
  "due_on" date NOT NULL,
  "reporter" text NOT NULL,
  "text_overview" text,
  "text_faults" text,
  "text_common" text,
  "text_devices" text,
  "text_tools" text,
  "text_changes" text,
  "text_safety" text,
  "text_problems" text,
  "text_plan" text,
  "figures" text NOT NULL,
  "taken_at" timestamptz NOT NULL,
  "submitted_on" date,
  "document_id" uuid REFERENCES app.documents DEFERRABLE INITIALLY DEFERRED,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX reports_location_id ON app.reports ("location_id") WHERE "location_id" IS NOT NULL;
CREATE INDEX reports_document_id ON app.reports ("document_id") WHERE "document_id" IS NOT NULL;
CREATE VIEW pub.reports AS SELECT id, "number", "month", "location_id", "state", "due_on", "reporter", "text_overview", "text_faults", "text_common", "text_devices", "text_tools", "text_changes", "text_safety", "text_problems", "text_plan", "figures", "taken_at", "submitted_on", "document_id", rv FROM app.reports WHERE deleted_rv IS NULL;

CREATE TABLE app.receipts (
  id uuid PRIMARY KEY,
  "document_id" uuid NOT NULL REFERENCES app.documents DEFERRABLE INITIALLY DEFERRED,
  "sent_to" text NOT NULL,
  "sent_on" date NOT NULL,
  "receiver" text,
  "received_on" date,
  "archive_number" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX receipts_document_id ON app.receipts ("document_id") WHERE "document_id" IS NOT NULL;
CREATE VIEW pub.receipts AS SELECT id, "document_id", "sent_to", "sent_on", "receiver", "received_on", "archive_number", "remark", rv FROM app.receipts WHERE deleted_rv IS NULL;
`;
