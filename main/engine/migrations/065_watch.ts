/** Watched devices and the duty log (synced), and what watching saw (local: evidence, not register). */
export const watch = {
  number: 65,
  sql: `
CREATE TABLE watched_devices (
  id TEXT PRIMARY KEY,
  ip TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  asset_id TEXT,
  location_id TEXT,
  interval_s INTEGER,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;

CREATE TABLE duty_entries (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  at INTEGER NOT NULL,
  shift TEXT NOT NULL,
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  ok INTEGER,
  security INTEGER,
  evidence TEXT,
  voids_id TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX duty_entries_day ON duty_entries(day, at);
CREATE INDEX duty_entries_voids ON duty_entries(voids_id) WHERE voids_id IS NOT NULL;

-- minute and hour: since 1970 UTC. sum_ms is over the answered ones.
CREATE TABLE _watch_minutes (
  device_id TEXT NOT NULL,
  minute INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  min_ms REAL,
  sum_ms REAL NOT NULL,
  max_ms REAL,
  PRIMARY KEY (device_id, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE _watch_hours (
  device_id TEXT NOT NULL,
  hour INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  minutes_up INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  min_ms REAL,
  sum_ms REAL NOT NULL,
  max_ms REAL,
  PRIMARY KEY (device_id, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE _watch_outages (
  id INTEGER PRIMARY KEY,
  device_id TEXT,
  name TEXT NOT NULL,
  ip TEXT,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  ending TEXT
) STRICT;
CREATE INDEX _watch_outages_began ON _watch_outages(began_at);
CREATE INDEX _watch_outages_open ON _watch_outages(device_id) WHERE ended_at IS NULL;

CREATE TABLE _checks (
  id TEXT PRIMARY KEY,
  began_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  total INTEGER NOT NULL,
  results TEXT NOT NULL,
  ping_missing INTEGER NOT NULL,
  entry_id TEXT
) STRICT;
CREATE INDEX _checks_began ON _checks(began_at);
`,
};
