/** Slices of addresses and tags that laptops take along, and subnets that insist on them. */
export const leases = {
  number: 78,
  sql: `
CREATE TABLE leases (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  pool TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  machine TEXT NOT NULL,
  technician TEXT NOT NULL,
  days INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  returned_at INTEGER,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX leases_pool ON leases(pool);
ALTER TABLE subnets ADD COLUMN strict_order INTEGER;
`,
};
