/** Ranges of departments and their requests, a threshold of each subnet, and cool-downs that were ended by hand. */
export const ranges = {
  number: 82,
  sql: `
CREATE TABLE range_requests (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  department TEXT NOT NULL,
  person_id TEXT NOT NULL,
  location_id TEXT,
  purpose TEXT NOT NULL,
  addresses INTEGER NOT NULL,
  from_on TEXT NOT NULL,
  until_on TEXT,
  subnet_id TEXT,
  state TEXT NOT NULL,
  range_id TEXT,
  decided_at INTEGER,
  decided_by TEXT,
  reason TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX range_requests_state ON range_requests(state);
ALTER TABLE address_ranges ADD COLUMN department TEXT;
ALTER TABLE subnets ADD COLUMN warn_percent INTEGER;
ALTER TABLE bindings ADD COLUMN cooled_on TEXT;
`,
};
