/** Sweeps and what they saw (local: evidence, not register), and findings that somebody set aside (synced). */
export const discovery = {
  number: 10,
  sql: `
CREATE TABLE ignored_findings (
  id TEXT PRIMARY KEY,
  finding TEXT NOT NULL,
  ip TEXT NOT NULL,
  mac TEXT,
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX ignored_findings_finding ON ignored_findings(finding);

CREATE TABLE _sweeps (
  id TEXT PRIMARY KEY,
  cidrs TEXT NOT NULL,
  effort TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  ending TEXT NOT NULL,
  covered TEXT NOT NULL,
  total INTEGER NOT NULL,
  ping_missing INTEGER NOT NULL
) STRICT;
CREATE INDEX _sweeps_started ON _sweeps(started_at);

CREATE TABLE _sightings (
  sweep_id TEXT NOT NULL REFERENCES _sweeps(id) ON DELETE CASCADE,
  ip TEXT NOT NULL,
  mac TEXT NOT NULL,
  proof TEXT NOT NULL,
  vendor TEXT,
  rtt_ms REAL,
  name TEXT,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (sweep_id, ip, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX _sightings_ip ON _sightings(ip, seen_at);
CREATE INDEX _sightings_mac ON _sightings(mac, seen_at);
`,
};
