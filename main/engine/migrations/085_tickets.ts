/** Tickets whole: parts, vendor, escalation, first aid, the knowledge base, areas of responsibility, the unit's deadline rule. */
export const ticketsWhole = {
  number: 85,
  sql: `
ALTER TABLE tickets ADD COLUMN part_lines TEXT;
ALTER TABLE tickets ADD COLUMN requisition TEXT;
ALTER TABLE tickets ADD COLUMN vendor_contact TEXT;
ALTER TABLE tickets ADD COLUMN vendor_called_at INTEGER;
ALTER TABLE tickets ADD COLUMN vendor_arrived_at INTEGER;
ALTER TABLE tickets ADD COLUMN off_site INTEGER;
ALTER TABLE tickets ADD COLUMN escalated_at INTEGER;
ALTER TABLE tickets ADD COLUMN escalation TEXT;
ALTER TABLE ticket_events ADD COLUMN aid_step TEXT;
ALTER TABLE ticket_events ADD COLUMN aid_outcome TEXT;
ALTER TABLE assets ADD COLUMN no_offsite INTEGER;
CREATE INDEX tickets_reported ON tickets(reported_at);
CREATE TABLE first_aid_lists (
  id TEXT PRIMARY KEY,
  category TEXT NOT NULL,
  steps TEXT NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE TABLE knowledge_articles (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  category TEXT NOT NULL,
  symptom TEXT,
  solution TEXT NOT NULL,
  handout INTEGER,
  ticket_id TEXT,
  author TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX knowledge_articles_category ON knowledge_articles(category);
CREATE TABLE duty_areas (
  id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  stand_in TEXT,
  stand_in_from TEXT,
  stand_in_until TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX duty_areas_location ON duty_areas(location_id);
CREATE TABLE sla_rules (
  id TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  workdays INTEGER NOT NULL,
  vacation TEXT NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
`,
};
