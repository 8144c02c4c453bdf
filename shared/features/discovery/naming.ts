/**
 * How computers are to be named, and where a name breaks the rule. Patterns are written by people: `#` is a digit, `@` a
 * letter, `*` anything, `{甲|乙}` one of several, everything else stands for itself; upper and lower case are the same.
 */
import { choice, note, record, ref, text, type RowOf } from '../../record.ts';
import { deviceKinds, type DeviceKind } from './identity.ts';

/** Which names the unit allows. Without a subnet and a kind it is for all; without any rule every name is right. */
export const namingRules = record('naming_rules', {
  label: text({ required: true, max: 60 }),
  pattern: text({ required: true, max: 80 }),
  subnet_id: ref('subnets'),
  kind: choice(deviceKinds, {}),
  remark: note({ class: 'A', max: 500 }),
});
export type NamingRule = RowOf<typeof namingRules>;

/** Text that stands for itself: as written, and folded for comparing. */
interface Fixed {
  readonly text: readonly string[];
  readonly folded: readonly string[];
}
/** What one place of a pattern takes. */
type Piece =
  { readonly is: 'digit' | 'letter' | 'anything' } | { readonly is: 'one_of'; readonly texts: readonly Fixed[] };
export type PatternProblem = 'pattern_empty' | 'pattern_brace';
export type Pattern =
  { readonly ok: true; readonly pieces: readonly Piece[] } | { readonly ok: false; readonly problem: PatternProblem };

const narrow = (text: string): string => text.normalize('NFKC');
/** Characters for comparing: one for each that is written. */
const fold = (text: string): string[] => [...narrow(text)].map((sign) => sign.toLowerCase());

const oneOf = (texts: readonly string[]): Piece => ({
  is: 'one_of',
  texts: [...new Set(texts)].map((text) => ({ text: [...text], folded: fold(text) })),
});

/** Reads a pattern. Neighbouring characters that stand for themselves become one piece; `**` is `*`. */
export function readPattern(written: string): Pattern {
  const pieces: Piece[] = [];
  // the full-width signs of a Chinese keyboard are the same signs
  const rest = narrow(written.trim());
  if (rest === '') return { ok: false, problem: 'pattern_empty' };
  let plain = '';
  const end = (): void => {
    if (plain !== '') pieces.push(oneOf([plain]));
    plain = '';
  };
  for (let at = 0; at < rest.length; at += 1) {
    const sign = rest[at] as string;
    if (sign === '{') {
      const close = rest.indexOf('}', at);
      const inside = close === -1 ? '' : rest.slice(at + 1, close);
      const texts = inside.split('|').map((each) => each.trim());
      if (texts.some((each) => each === '' || each.includes('{'))) return { ok: false, problem: 'pattern_brace' };
      end();
      pieces.push(oneOf(texts));
      at = close;
    } else if (sign === '}') return { ok: false, problem: 'pattern_brace' };
    else if (sign === '#' || sign === '@' || sign === '*') {
      end();
      const is = sign === '#' ? 'digit' : sign === '@' ? 'letter' : 'anything';
      if (is !== 'anything' || pieces.at(-1)?.is !== 'anything') pieces.push({ is });
    } else plain += sign;
  }
  end();
  return { ok: true, pieces };
}

/** Where a name leaves its pattern: after `at` characters of it, where one of `wanted` should stand. */
export interface Break {
  readonly at: number;
  /** As they are written in a pattern, of a text what is left of it; empty: the name should have ended there. */
  readonly wanted: readonly string[];
}

const DIGIT = /^\p{Nd}$/u;
const LETTER = /^\p{L}$/u;

/**
 * Null: the name fits. All readings are followed at once, one step a character, so the time is at most (length of the name) x
 * (length of the pattern), whatever is written: no pattern can hang the comparison.
 */
export function breakOf(pattern: readonly Piece[], name: string): Break | null {
  const letters = fold(name);
  /** Places reached after `at` letters: which piece is next; choices and texts jump ahead by their length. */
  const reached: Set<number>[] = Array.from({ length: letters.length + 1 }, () => new Set<number>());
  const arrive = (at: number, piece: number): void => {
    const here = reached[at];
    if (!here || here.has(piece)) return;
    here.add(piece);
    // anything may be nothing
    if (pattern[piece]?.is === 'anything') arrive(at, piece + 1);
  };
  arrive(0, 0);
  let furthest = 0;
  const wanted = new Set<string>();
  const miss = (at: number, sign: string): void => {
    if (at < furthest) return;
    if (at > furthest) wanted.clear();
    furthest = at;
    wanted.add(sign);
  };
  for (let at = 0; at <= letters.length; at += 1) {
    const letter = letters[at];
    for (const index of reached[at] ?? []) {
      const piece = pattern[index];
      if (!piece) continue;
      if (piece.is === 'anything') {
        if (letter !== undefined) arrive(at + 1, index);
      } else if (piece.is !== 'one_of') {
        const fits = letter !== undefined && (piece.is === 'digit' ? DIGIT : LETTER).test(letter);
        if (fits) arrive(at + 1, index + 1);
        else miss(at, piece.is === 'digit' ? '#' : '@');
      } else
        for (const { text, folded } of piece.texts) {
          const fits = shared(letters, at, folded);
          if (fits === folded.length) arrive(at + fits, index + 1);
          else miss(at + fits, text.slice(fits).join(''));
        }
    }
  }
  const last = reached[letters.length];
  if (last?.has(pattern.length)) return null;
  const ends = reached.findLastIndex((here) => here.has(pattern.length));
  if (ends > furthest || wanted.size === 0) return { at: Math.max(ends, 0), wanted: [] };
  return { at: furthest, wanted: [...wanted] };
}

/** How many letters of `text` stand at `at`. */
function shared(letters: readonly string[], at: number, text: readonly string[]): number {
  let count = 0;
  while (count < text.length && letters[at + count] === text[count]) count += 1;
  return count;
}

export interface NamedHost {
  readonly name: string;
  /** The subnet it is in, and what it is, where that is known. */
  readonly subnet_id: string | null;
  readonly kind: DeviceKind | null;
}
export interface Misnaming extends Break {
  readonly name: string;
  readonly rule_id: string;
  readonly label: string;
  readonly pattern: string;
}
type Rule = Pick<NamingRule, 'id' | 'label' | 'pattern' | 'subnet_id' | 'kind'>;

/**
 * Reads the rules once, for any number of names. The rules that say most about a host count (subnet and kind before subnet, before
 * kind, before all); it has to fit one of those. A rule that cannot be read alarms nobody.
 */
export function createNamer(rules: readonly Rule[]): (host: NamedHost) => Misnaming | null {
  const read = rules.flatMap((rule) => {
    const pattern = readPattern(rule.pattern);
    return pattern.ok ? [{ rule, pieces: pattern.pieces, weight: (rule.subnet_id ? 2 : 0) + (rule.kind ? 1 : 0) }] : [];
  });
  const sorted = read.toSorted((a, b) => b.weight - a.weight || (a.rule.id < b.rule.id ? -1 : 1));
  return (host) => {
    const meant = sorted.filter(
      ({ rule }) =>
        (rule.subnet_id === null || rule.subnet_id === host.subnet_id) &&
        (rule.kind === null || rule.kind === host.kind),
    );
    let nearest: Misnaming | null = null;
    for (const { rule, pieces, weight } of meant) {
      if (weight !== meant[0]?.weight) break;
      const broken = breakOf(pieces, host.name);
      if (broken === null) return null;
      const { id, label, pattern } = rule;
      if (nearest === null || broken.at > nearest.at)
        nearest = { ...broken, name: host.name, rule_id: id, label, pattern };
    }
    return nearest;
  };
}
