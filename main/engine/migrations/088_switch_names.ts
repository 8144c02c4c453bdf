/** A switch is looked up by the name it answers to, however it is written: for each binding of a list, a trace and the topology. */
export const switchNames = {
  number: 88,
  sql: `
CREATE INDEX assets_hostname_any_case ON assets(hostname COLLATE NOCASE) WHERE hostname IS NOT NULL;
`,
};
