/** Days on which the unit's calendar differs from the plain week. */
export const calendarDays = {
  number: 50,
  sql: `
CREATE TABLE calendar_days (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT,
  source TEXT NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX calendar_days_day ON calendar_days(day);
`,
};
