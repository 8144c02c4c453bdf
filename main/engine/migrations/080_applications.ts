/** Applications for a line, the texts of the responsibility letter, and who is here only for a time. */
export const applicationsMigration = {
  number: 80,
  sql: `
CREATE TABLE applications (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT,
  department TEXT,
  phone TEXT,
  staff_number TEXT,
  location_id TEXT,
  device_kind TEXT,
  device TEXT,
  mac TEXT,
  asset_id TEXT,
  purpose TEXT,
  from_on TEXT,
  until_on TEXT,
  access_kind TEXT,
  target TEXT,
  has_antivirus INTEGER,
  has_patches INTEGER,
  is_dedicated INTEGER,
  knows_secrecy INTEGER,
  remark TEXT,
  applied_on TEXT NOT NULL,
  signed_by TEXT,
  signed_on TEXT,
  binding_id TEXT,
  opened_on TEXT,
  cleared_on TEXT,
  handler TEXT,
  reason TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX applications_person ON applications(person_id);
CREATE INDEX applications_binding ON applications(binding_id);
CREATE INDEX applications_until ON applications(until_on);

CREATE TABLE letter_texts (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  months INTEGER NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;

ALTER TABLE people ADD COLUMN sponsor_id TEXT;
ALTER TABLE people ADD COLUMN outside_unit TEXT;
ALTER TABLE people ADD COLUMN valid_until TEXT;
ALTER TABLE people ADD COLUMN letter_on TEXT;
ALTER TABLE people ADD COLUMN letter_text_id TEXT;
CREATE INDEX people_valid_until ON people(valid_until) WHERE valid_until IS NOT NULL;
`,
};
