/** Sealed SNMP credentials, and what switches told: evidence of this laptop, never part of the register, never synced. */
export const switches = {
  number: 62,
  sql: `
CREATE TABLE _vault (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  holder TEXT NOT NULL,
  salt BLOB,
  wrapped BLOB NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE _snmp_credentials (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  user TEXT,
  auth_protocol TEXT,
  priv_protocol TEXT,
  scope TEXT NOT NULL,
  port INTEGER,
  community BLOB,
  auth_key BLOB,
  priv_key BLOB,
  made_at INTEGER NOT NULL,
  answered_at INTEGER
) STRICT;

CREATE TABLE _device_reads (
  id TEXT PRIMARY KEY,
  ip TEXT NOT NULL,
  credential_id TEXT,
  read_at INTEGER NOT NULL,
  ending TEXT NOT NULL,
  elapsed_ms INTEGER NOT NULL,
  varbinds INTEGER NOT NULL,
  tables TEXT NOT NULL,
  name TEXT,
  description TEXT,
  object_id TEXT,
  location TEXT,
  contact TEXT,
  uptime_s INTEGER,
  addresses TEXT NOT NULL
) STRICT;
CREATE INDEX _device_reads_ip ON _device_reads(ip, read_at);
CREATE INDEX _device_reads_at ON _device_reads(read_at);

CREATE TABLE _device_interfaces (
  read_id TEXT NOT NULL REFERENCES _device_reads(id) ON DELETE CASCADE,
  if_index INTEGER NOT NULL,
  name TEXT NOT NULL,
  alias TEXT,
  type INTEGER,
  admin_up INTEGER,
  up INTEGER,
  speed_mbps REAL,
  mac TEXT,
  lag_if_index INTEGER,
  PRIMARY KEY (read_id, if_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE _device_arp (
  read_id TEXT NOT NULL REFERENCES _device_reads(id) ON DELETE CASCADE,
  ip TEXT NOT NULL,
  mac TEXT NOT NULL,
  if_index INTEGER,
  PRIMARY KEY (read_id, ip, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX _device_arp_ip ON _device_arp(ip);
CREATE INDEX _device_arp_mac ON _device_arp(mac);

CREATE TABLE _device_forwarding (
  read_id TEXT NOT NULL REFERENCES _device_reads(id) ON DELETE CASCADE,
  mac TEXT NOT NULL,
  vlan INTEGER NOT NULL,
  bridge_port INTEGER NOT NULL,
  if_index INTEGER,
  status TEXT NOT NULL,
  PRIMARY KEY (read_id, mac, vlan, bridge_port)
) STRICT, WITHOUT ROWID;

CREATE TABLE _device_neighbours (
  read_id TEXT NOT NULL REFERENCES _device_reads(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  local_port INTEGER NOT NULL,
  if_index INTEGER,
  chassis TEXT,
  port TEXT,
  port_description TEXT,
  system_name TEXT,
  system_description TEXT,
  management_ip TEXT,
  capabilities TEXT,
  PRIMARY KEY (read_id, position)
) STRICT, WITHOUT ROWID;
`,
};
