/** Commits outside this laptop's part of the store: 1 = only its link of the chain is here, 2 = some of its operations are not. */
export const areas = {
  number: 73,
  sql: `
ALTER TABLE _commits ADD COLUMN hidden INTEGER;
`,
};
