/** The fields of a person as forms and details show them. The letter is kept on its own screen, by ticking the pages that came back. */
export const personGroups = [
  {
    fields: ['name', 'department', 'identity', 'number', 'phone', 'location_id', 'status', 'remark'],
  },
  { title: 'people.forTime', fields: ['sponsor_id', 'valid_until', 'outside_unit'] },
  { title: 'people.letterGroup', fields: ['letter', 'letter_until'] },
] as const;
