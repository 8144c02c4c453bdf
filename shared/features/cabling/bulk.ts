/** Test results of many ports in one line, as a technician says them: `1-24 正常，今天，测线仪` or `1-24 good, today, tester`. */
import { addDays, isDay } from '../../day.ts';
import { catalogue, type MessageKey } from '../../messages.ts';
import { portStates, testMethods, type PortState, type TestMethod } from '../cabling.ts';
import { readRange } from './ranges.ts';

interface BulkTest {
  readonly positions: readonly number[];
  readonly state: PortState;
  readonly method: TestMethod | null;
  readonly day: string;
}
type BulkProblem = 'range' | 'state' | 'word' | 'future';

const all: Readonly<Record<MessageKey, readonly string[]>> = catalogue;
const words = (key: MessageKey): string[] => all[key].map((word) => word.toLowerCase());
const stateWords = new Map(
  portStates.flatMap((state) =>
    // The mark of the faceplate is said too: `25 坏`
    [...words(`option.switch_ports.state.${state}`), ...words(`cabling.letter.${state}`)].map(
      (word) => [word, state] as const,
    ),
  ),
);
const methodWords = new Map(
  testMethods.flatMap((method) =>
    [...words(`option.switch_ports.test_method.${method}`), method].map((word) => [word, method] as const),
  ),
);
/** Days back from today. */
const dayWords = new Map(
  (['today', 'yesterday', 'before_yesterday'] as const).flatMap((day, back) =>
    words(`cabling.day.${day}`).map((word) => [word, back] as const),
  ),
);

/** What the line says; or what about it is not understood, with the word. Days not said are today, ways of testing not said are none. */
export function readBulk(
  line: string,
  today: string,
): { readonly test: BulkTest } | { readonly problem: BulkProblem; readonly word: string } {
  const text = line.normalize('NFKC').trim().toLowerCase();
  const [head = ''] = /^[\d\s,、\-~–—至到口号]*/.exec(text) ?? [];
  const positions = readRange(head.replace(/[,、\s]+$/, ''));
  if (positions === null) return { problem: 'range', word: head.trim() || text.slice(0, 20) };
  let state: PortState | null = null;
  let method: TestMethod | null = null;
  let day = today;
  // Words of several parts (`cable tester`) stand between commas, single ones also between spaces.
  for (const part of text.slice(head.length).split(/[,，、;；]+/)) {
    for (const word of known(part.trim()) ? [part.trim()] : part.trim().split(/\s+/)) {
      if (word === '') continue;
      const back = dayWords.get(word);
      if (stateWords.has(word)) state = stateWords.get(word) ?? null;
      else if (methodWords.has(word)) method = methodWords.get(word) ?? null;
      else if (back !== undefined) day = addDays(today, -back);
      else if (isDay(word)) day = word;
      else return { problem: 'word', word };
    }
  }
  if (state === null) return { problem: 'state', word: '' };
  if (day > today) return { problem: 'future', word: day };
  return { test: { positions, state, method, day } };
}
const known = (word: string): boolean => stateWords.has(word) || methodWords.has(word) || dayWords.has(word);
