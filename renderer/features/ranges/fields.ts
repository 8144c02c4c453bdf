/** What a department fills in; the rest is the network centre's. */
export const askedGroups = [
  {
    fields: [
      'department',
      'person_id',
      'location_id',
      'purpose',
      'addresses',
      'from_on',
      'until_on',
      'subnet_id',
      'remark',
    ],
  },
] as const;
