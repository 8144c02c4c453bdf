/** Rows that came while everything is fetched anew from a restored store: what is not among them in the end is not there any more. */
export const rejoin = {
  number: 70,
  sql: `
CREATE TABLE _resync_seen (
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  PRIMARY KEY (tbl, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX _commits_seq ON _commits(seq);
`,
};
