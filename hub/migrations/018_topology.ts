/** Places on the topology (drafted from the declaration, read and kept as it is). */
export const topology = `
CREATE TABLE app.topology_nodes (
  id uuid PRIMARY KEY,
  "asset_id" uuid NOT NULL REFERENCES app.assets DEFERRABLE INITIALLY DEFERRED,
  "x" bigint NOT NULL,
  "y" bigint NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE INDEX topology_nodes_asset_id ON app.topology_nodes ("asset_id") WHERE "asset_id" IS NOT NULL;
CREATE VIEW pub.topology_nodes AS SELECT id, "asset_id", "x", "y", rv FROM app.topology_nodes WHERE deleted_rv IS NULL;
`;
