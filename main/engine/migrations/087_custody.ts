/** Tools and sealed envelopes in custody, and what a handover keeps about its registers, its archive and its lateness. */
export const custody = {
  number: 87,
  sql: `
CREATE TABLE tools (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  model TEXT,
  quantity INTEGER NOT NULL,
  location_id TEXT,
  condition TEXT NOT NULL,
  holder TEXT,
  issued_on TEXT,
  back_by TEXT,
  returned_on TEXT,
  received_by TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX tools_holder ON tools(holder) WHERE holder IS NOT NULL;
CREATE INDEX tools_location ON tools(location_id);

CREATE TABLE envelopes (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  system TEXT NOT NULL,
  account TEXT NOT NULL,
  sealed INTEGER,
  holder TEXT,
  changed_on TEXT,
  location_id TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX envelopes_holder ON envelopes(holder) WHERE holder IS NOT NULL;
CREATE INDEX envelopes_location ON envelopes(location_id);

ALTER TABLE handovers ADD COLUMN archive_number TEXT;
ALTER TABLE handovers ADD COLUMN filed_on TEXT;
ALTER TABLE handovers ADD COLUMN late_opinion TEXT;
ALTER TABLE handover_items ADD COLUMN version TEXT;
ALTER TABLE handover_items ADD COLUMN pages INTEGER;
ALTER TABLE handover_items ADD COLUMN carrier TEXT;
ALTER TABLE handover_items ADD COLUMN ticket_id TEXT;
`,
};
