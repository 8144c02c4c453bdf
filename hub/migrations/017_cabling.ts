/** Ports of switches, outlets, patch panels and cables (drafted from the declarations, read and kept as it is). */
export const cabling = `
CREATE TABLE app.outlets (
  id uuid PRIMARY KEY,
  "location_id" uuid NOT NULL REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "label" text NOT NULL,
  "state" text NOT NULL,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX outlets_location_id ON app.outlets ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.outlets AS SELECT id, "location_id", "label", "state", "remark", rv FROM app.outlets WHERE deleted_rv IS NULL;

CREATE TABLE app.panels (
  id uuid PRIMARY KEY,
  "location_id" uuid NOT NULL REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "code" text NOT NULL,
  "name" text NOT NULL,
  "ports" bigint NOT NULL,
  "medium" text,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX panels_location_id ON app.panels ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.panels AS SELECT id, "location_id", "code", "name", "ports", "medium", "remark", rv FROM app.panels WHERE deleted_rv IS NULL;

CREATE TABLE app.switch_ports (
  id uuid PRIMARY KEY,
  "asset_id" uuid NOT NULL REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "name" text NOT NULL,
  "position" bigint,
  "outlet_id" uuid REFERENCES app.outlets DEFERRABLE INITIALLY DEFERRED,
  "vlan" bigint,
  "speed" text,
  "light" text,
  "state" text NOT NULL,
  "test_method" text,
  "tested_on" date,
  "tested_by" text,
  "advice" text,
  "ticket_id" uuid REFERENCES app.tickets DEFERRABLE INITIALLY DEFERRED,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX switch_ports_asset_id ON app.switch_ports ("asset_id") WHERE "asset_id" IS NOT NULL;
CREATE INDEX switch_ports_outlet_id ON app.switch_ports ("outlet_id") WHERE "outlet_id" IS NOT NULL;
CREATE INDEX switch_ports_ticket_id ON app.switch_ports ("ticket_id") WHERE "ticket_id" IS NOT NULL;
CREATE VIEW pub.switch_ports AS SELECT id, "asset_id", "name", "position", "outlet_id", "vlan", "speed", "light", "state", "test_method", "tested_on", "tested_by", "advice", "ticket_id", "remark", rv FROM app.switch_ports WHERE deleted_rv IS NULL;

CREATE TABLE app.cables (
  id uuid PRIMARY KEY,
  "label" text,
  "found" text,
  "legible" text,
  "ends_match" boolean,
  "medium" text,
  "colour" text,
  "a_port_id" uuid REFERENCES app.switch_ports DEFERRABLE INITIALLY DEFERRED,
  "a_panel_id" uuid REFERENCES app.panels DEFERRABLE INITIALLY DEFERRED,
  "a_position" bigint,
  "a_side" text,
  "a_outlet_id" uuid REFERENCES app.outlets DEFERRABLE INITIALLY DEFERRED,
  "a_asset_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "b_port_id" uuid REFERENCES app.switch_ports DEFERRABLE INITIALLY DEFERRED,
  "b_panel_id" uuid REFERENCES app.panels DEFERRABLE INITIALLY DEFERRED,
  "b_position" bigint,
  "b_side" text,
  "b_outlet_id" uuid REFERENCES app.outlets DEFERRABLE INITIALLY DEFERRED,
  "b_asset_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "checked_on" date,
  "checked_by" text,
  "fix" text,
  "redundant" boolean,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX cables_a_port_id ON app.cables ("a_port_id") WHERE "a_port_id" IS NOT NULL;
CREATE INDEX cables_a_panel_id ON app.cables ("a_panel_id") WHERE "a_panel_id" IS NOT NULL;
CREATE INDEX cables_a_outlet_id ON app.cables ("a_outlet_id") WHERE "a_outlet_id" IS NOT NULL;
CREATE INDEX cables_a_asset_id ON app.cables ("a_asset_id") WHERE "a_asset_id" IS NOT NULL;
CREATE INDEX cables_b_port_id ON app.cables ("b_port_id") WHERE "b_port_id" IS NOT NULL;
CREATE INDEX cables_b_panel_id ON app.cables ("b_panel_id") WHERE "b_panel_id" IS NOT NULL;
CREATE INDEX cables_b_outlet_id ON app.cables ("b_outlet_id") WHERE "b_outlet_id" IS NOT NULL;
CREATE INDEX cables_b_asset_id ON app.cables ("b_asset_id") WHERE "b_asset_id" IS NOT NULL;
CREATE VIEW pub.cables AS SELECT id, "label", "found", "legible", "ends_match", "medium", "colour", "a_port_id", "a_panel_id", "a_position", "a_side", "a_outlet_id", "a_asset_id", "b_port_id", "b_panel_id", "b_position", "b_side", "b_outlet_id", "b_asset_id", "checked_on", "checked_by", "fix", "redundant", "remark", rv FROM app.cables WHERE deleted_rv IS NULL;
`;
