/** Monthly reports, and what came back for papers that were handed in. */
export const reportsMigration = {
  number: 86,
  sql: `
CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  month TEXT NOT NULL,
  location_id TEXT,
  state TEXT NOT NULL,
  due_on TEXT NOT NULL,
  reporter TEXT NOT NULL,
  text_overview TEXT,
  text_faults TEXT,
  text_common TEXT,
  text_devices TEXT,
  text_tools TEXT,
  text_changes TEXT,
  text_safety TEXT,
  text_problems TEXT,
  text_plan TEXT,
  figures TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  submitted_on TEXT,
  document_id TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX reports_month ON reports(month);

CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL,
  sent_to TEXT NOT NULL,
  sent_on TEXT NOT NULL,
  receiver TEXT,
  received_on TEXT,
  archive_number TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX receipts_document ON receipts(document_id);
`,
};
