/**
 * The published arrangement of public holidays and make-up working days (调休), as shipped. Source: the yearly notices of the
 * General Office of the State Council, 2024-11-12 for 2025 and 2025-11-04 for 2026 (domain.md §5 S1, S2); a test compares every
 * day with chinese-days. A later year is imported by the unit (`calendar_days`), never guessed.
 */
export interface HolidayYear {
  readonly year: number;
  /** First and last day off, both included. */
  readonly off: readonly (readonly [first: string, last: string, name: string])[];
  /** Weekend days that are worked, with the holiday they make up for. */
  readonly work: readonly (readonly [day: string, name: string])[];
}

export const shippedYears: readonly HolidayYear[] = [
  {
    year: 2025,
    off: [
      ['2025-01-01', '2025-01-01', '元旦'],
      ['2025-01-28', '2025-02-04', '春节'],
      ['2025-04-04', '2025-04-06', '清明节'],
      ['2025-05-01', '2025-05-05', '劳动节'],
      ['2025-05-31', '2025-06-02', '端午节'],
      ['2025-10-01', '2025-10-08', '国庆节、中秋节'],
    ],
    work: [
      ['2025-01-26', '春节'],
      ['2025-02-08', '春节'],
      ['2025-04-27', '劳动节'],
      ['2025-09-28', '国庆节、中秋节'],
      ['2025-10-11', '国庆节、中秋节'],
    ],
  },
  {
    year: 2026,
    off: [
      ['2026-01-01', '2026-01-03', '元旦'],
      ['2026-02-15', '2026-02-23', '春节'],
      ['2026-04-04', '2026-04-06', '清明节'],
      ['2026-05-01', '2026-05-05', '劳动节'],
      ['2026-06-19', '2026-06-21', '端午节'],
      ['2026-09-25', '2026-09-27', '中秋节'],
      ['2026-10-01', '2026-10-07', '国庆节'],
    ],
    work: [
      ['2026-01-04', '元旦'],
      ['2026-02-14', '春节'],
      ['2026-02-28', '春节'],
      ['2026-05-09', '劳动节'],
      ['2026-09-20', '国庆节'],
      ['2026-10-10', '国庆节'],
    ],
  },
];
