/** Ports of switches, outlets, patch panels and cables. A place taken twice is refused by the commands; two laptops can still do it, so nothing is UNIQUE here. */
export const cabling = {
  number: 83,
  sql: `
CREATE TABLE outlets (
  id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX outlets_label ON outlets(label);
CREATE INDEX outlets_location ON outlets(location_id);

CREATE TABLE panels (
  id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  ports INTEGER NOT NULL,
  medium TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX panels_location ON panels(location_id);

CREATE TABLE switch_ports (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER,
  outlet_id TEXT,
  vlan INTEGER,
  speed TEXT,
  light TEXT,
  state TEXT NOT NULL,
  test_method TEXT,
  tested_on TEXT,
  tested_by TEXT,
  advice TEXT,
  ticket_id TEXT,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX switch_ports_asset ON switch_ports(asset_id);
CREATE INDEX switch_ports_outlet ON switch_ports(outlet_id) WHERE outlet_id IS NOT NULL;

CREATE TABLE cables (
  id TEXT PRIMARY KEY,
  label TEXT,
  found TEXT,
  legible TEXT,
  ends_match INTEGER,
  medium TEXT,
  colour TEXT,
  a_port_id TEXT,
  a_panel_id TEXT,
  a_position INTEGER,
  a_side TEXT,
  a_outlet_id TEXT,
  a_asset_id TEXT,
  b_port_id TEXT,
  b_panel_id TEXT,
  b_position INTEGER,
  b_side TEXT,
  b_outlet_id TEXT,
  b_asset_id TEXT,
  checked_on TEXT,
  checked_by TEXT,
  fix TEXT,
  redundant INTEGER,
  remark TEXT,
  rv INTEGER,
  deleted_at INTEGER,
  extra TEXT
) STRICT;
CREATE INDEX cables_label ON cables(label) WHERE label IS NOT NULL;
CREATE INDEX cables_a_port ON cables(a_port_id) WHERE a_port_id IS NOT NULL;
CREATE INDEX cables_b_port ON cables(b_port_id) WHERE b_port_id IS NOT NULL;
CREATE INDEX cables_a_panel ON cables(a_panel_id) WHERE a_panel_id IS NOT NULL;
CREATE INDEX cables_b_panel ON cables(b_panel_id) WHERE b_panel_id IS NOT NULL;
CREATE INDEX cables_a_outlet ON cables(a_outlet_id) WHERE a_outlet_id IS NOT NULL;
CREATE INDEX cables_b_outlet ON cables(b_outlet_id) WHERE b_outlet_id IS NOT NULL;
CREATE INDEX cables_a_asset ON cables(a_asset_id) WHERE a_asset_id IS NOT NULL;
CREATE INDEX cables_b_asset ON cables(b_asset_id) WHERE b_asset_id IS NOT NULL;

-- Who sits there, by the words of a binding.
CREATE INDEX bindings_outlet ON bindings(outlet) WHERE outlet IS NOT NULL;
CREATE INDEX bindings_switch ON bindings(switch_name COLLATE NOCASE) WHERE switch_name IS NOT NULL;
`,
};
