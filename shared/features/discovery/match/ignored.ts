/** Findings that somebody decided not to be asked about for a while. */
import type { Finding } from '../match.ts';
import { openVerdicts } from '../verdicts.ts';

/**
 * A finding without what somebody set aside: the gravest of the rest stands for it. When all of it is set aside, `aside` is the key
 * it is set aside by. Verdicts that ask for no decision are never set aside.
 */
export function withoutIgnored(
  finding: Finding,
  ignored: (key: string) => boolean,
): { finding: Finding; aside: string | null } {
  if (!openVerdicts.includes(finding.verdict)) return { finding, aside: null };
  if (finding.also.length === 0) return { finding, aside: ignored(finding.key) ? finding.key : null };
  const left = [{ verdict: finding.verdict, key: finding.key }, ...finding.also].filter(({ key }) => !ignored(key));
  const [first, ...also] = left;
  if (!first) return { finding, aside: finding.key };
  return { finding: { ...finding, ...first, also }, aside: null };
}
