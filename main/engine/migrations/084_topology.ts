/** Places on the topology that were set by hand, and where a reading came from: SNMP, or pasted from the console. */
export const topologyMigration = {
  number: 84,
  sql: `
CREATE TABLE topology_nodes (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX topology_nodes_asset ON topology_nodes(asset_id);

ALTER TABLE _device_reads ADD COLUMN source TEXT NOT NULL DEFAULT 'snmp';
`,
};
