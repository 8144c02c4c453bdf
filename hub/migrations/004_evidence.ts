/** The trail of evidence that laptops purged after its term (drafted from the declarations, read and kept as it is). */
export const evidence = `
CREATE TABLE app.evidence_purges (
  id uuid PRIMARY KEY,
  "class" text NOT NULL,
  "before" date NOT NULL,
  "purged" bigint NOT NULL,
  "at" timestamptz NOT NULL,
  "automatic" boolean NOT NULL,
  rv bigint NOT NULL,
  fv jsonb NOT NULL,
  deleted_rv bigint,
  deleted_at timestamptz
);
CREATE VIEW pub.evidence_purges AS SELECT id, "class", "before", "purged", "at", "automatic", rv FROM app.evidence_purges WHERE deleted_rv IS NULL;
`;
