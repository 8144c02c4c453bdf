/** Who made a commit is proved by a signature of the author's laptop: kept with every commit, also of others, for a store that was restored. */
export const signatures = {
  number: 71,
  sql: `
ALTER TABLE _commits ADD COLUMN signature TEXT;
`,
};
