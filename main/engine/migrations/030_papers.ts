/** Handovers and what was found at each item. */
export const papers = {
  number: 30,
  sql: `
CREATE TABLE handovers (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  giver TEXT NOT NULL,
  receiver TEXT NOT NULL,
  supervisor TEXT,
  location_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  start_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT,
  gathered_at INTEGER,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;

CREATE TABLE handover_items (
  id TEXT PRIMARY KEY,
  handover_id TEXT NOT NULL,
  part TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  detail TEXT,
  place TEXT,
  book TEXT,
  actual TEXT,
  result TEXT NOT NULL,
  note TEXT,
  subject TEXT,
  about_id TEXT,
  opinion TEXT,
  waived INTEGER,
  checked_at INTEGER,
  checked_by TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;

CREATE INDEX handovers_state ON handovers(state, due_on);
CREATE INDEX handover_items_handover ON handover_items(handover_id, part, position);
`,
};
