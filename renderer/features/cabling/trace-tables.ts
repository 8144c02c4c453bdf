/** The tables a trace is read from, for those who show one or something beside it. */
export const traceTables = [
  'bindings',
  'assets',
  'people',
  'locations',
  'outlets',
  'panels',
  'switch_ports',
  'cables',
  'tickets',
];
