/** Findings as the lines of a list: by verdict, gravest first, and within it by subnet where there are several. */
import { verdicts, type Verdict } from '../../../shared/features/discovery/verdicts.ts';
import { contains, parseCidr, showIp } from '../../../shared/ip.ts';
import type { Entry } from './entries.ts';
import { startOf } from './map/model.ts';
import type { SubnetName } from './subnet-names.ts';

export type Line =
  | { readonly is: 'group'; readonly key: string; readonly verdict: Verdict; readonly entries: readonly Entry[] }
  | { readonly is: 'place'; readonly key: string; readonly title: string; readonly entries: readonly Entry[] }
  | { readonly is: 'finding'; readonly key: string; readonly entry: Entry };
export const lineHeight = ({ is }: Line): number => (is === 'group' ? 60 : is === 'place' ? 30 : 52);

/** By the register's subnet, the smallest that holds it; else by /24. */
function placeFinder(names: readonly SubnetName[]): (entry: Entry) => string {
  const known = names
    .flatMap(({ cidr, name }) => {
      const parsed = parseCidr(cidr);
      return parsed ? [{ parsed, title: `${cidr} ${name}` }] : [];
    })
    .toSorted((a, b) => b.parsed.prefix - a.parsed.prefix);
  return ({ at }) => known.find(({ parsed }) => contains(parsed, at))?.title ?? `${showIp(startOf(at))}/24`;
}

export function findingLines(entries: readonly Entry[], names: readonly SubnetName[]): readonly Line[] {
  const placeOf = placeFinder(names);
  const byVerdict = Map.groupBy(entries, ({ verdict }) => verdict);
  return verdicts.flatMap((verdict): Line[] => {
    const group = byVerdict.get(verdict);
    if (!group) return [];
    const places = Map.groupBy(group, placeOf);
    const rows = (some: readonly Entry[]): Line[] => some.map((entry) => ({ is: 'finding', key: entry.key, entry }));
    return [
      { is: 'group', key: verdict, verdict, entries: group },
      ...(places.size === 1
        ? rows(group)
        : [...places].flatMap(([title, some]): Line[] => [
            { is: 'place', key: `${verdict} ${title}`, title, entries: some },
            ...rows(some),
          ])),
    ];
  });
}
