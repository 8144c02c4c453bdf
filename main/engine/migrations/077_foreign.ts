/** Rows of tables that only a newer version knows: kept as they came until this laptop is upgraded. */
export const foreign = {
  number: 77,
  sql: `
CREATE TABLE _foreign (
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (tbl, row_id)
) STRICT, WITHOUT ROWID;
`,
};
