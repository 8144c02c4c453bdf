/** Watched devices and the duty log (drafted from the declarations, read and kept as it is). */
export const watch = `
CREATE TABLE app.watched_devices (
  id uuid PRIMARY KEY,
  "ip" inet NOT NULL,
  "name" text NOT NULL,
  "kind" text NOT NULL,
  "asset_id" uuid REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "location_id" uuid REFERENCES app.locations DEFERRABLE INITIALLY DEFERRED,
  "interval_s" bigint,
  "remark" text,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX watched_devices_asset_id ON app.watched_devices ("asset_id") WHERE "asset_id" IS NOT NULL;
CREATE INDEX watched_devices_location_id ON app.watched_devices ("location_id") WHERE "location_id" IS NOT NULL;
CREATE VIEW pub.watched_devices AS SELECT id, "ip", "name", "kind", "asset_id", "location_id", "interval_s", "remark", rv FROM app.watched_devices WHERE deleted_rv IS NULL;

CREATE TABLE app.duty_entries (
  id uuid PRIMARY KEY,
  "day" date NOT NULL,
  "at" timestamptz NOT NULL,
  "shift" text NOT NULL,
  "author" text NOT NULL,
  "kind" text NOT NULL,
  "text" text NOT NULL,
  "ok" boolean,
  "security" boolean,
  "evidence" text,
  "voids_id" uuid REFERENCES app.duty_entries DEFERRABLE INITIALLY DEFERRED,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX duty_entries_voids_id ON app.duty_entries ("voids_id") WHERE "voids_id" IS NOT NULL;
CREATE VIEW pub.duty_entries AS SELECT id, "day", "at", "shift", "author", "kind", "text", "ok", "security", "evidence", "voids_id", rv FROM app.duty_entries WHERE deleted_rv IS NULL;
`;
