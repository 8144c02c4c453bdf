/** What a host tells of itself, how its packets fare, and where a stored sweep comes from. */
export const identityMigration = {
  number: 60,
  sql: `
ALTER TABLE _sightings ADD COLUMN loss_percent REAL;
ALTER TABLE _sightings ADD COLUMN ttl INTEGER;
ALTER TABLE _sightings ADD COLUMN title TEXT;
ALTER TABLE _sightings ADD COLUMN kind TEXT;
ALTER TABLE _sightings ADD COLUMN names TEXT NOT NULL DEFAULT '[]';
ALTER TABLE _sightings ADD COLUMN ports TEXT NOT NULL DEFAULT '[]';
ALTER TABLE _sightings ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';
ALTER TABLE _sweeps ADD COLUMN source TEXT NOT NULL DEFAULT 'sweep';
ALTER TABLE _sweeps ADD COLUMN label TEXT;
ALTER TABLE _sweeps ADD COLUMN gateway TEXT;
`,
};
