import {
  emptyBlocks,
  filledBlocks,
  kindAt,
  pitchFor,
  type Block,
} from '../../../../renderer/features/discovery/map/model.ts';
import type { Entry } from '../../../../renderer/features/discovery/entries.ts';
import type { Verdict } from '../../../../shared/features/discovery/verdicts.ts';
import { parseIp } from '../../../../shared/ip.ts';

const at = (ip: string): number => parseIp(ip) ?? NaN;
const entry = (ip: string, verdict: Verdict): Entry => ({
  key: ip,
  ip,
  at: at(ip),
  mac: null,
  verdict,
  host: null,
  fact: null,
});
const none: ReadonlyMap<number, Block> = new Map();

test('a /22 is four blocks, a /26 one with the rest not asked, and edges are no hosts', () => {
  expect(emptyBlocks(['10.40.0.0/22'])).toHaveLength(4);
  const blocks = filledBlocks(emptyBlocks(['10.78.0.64/26']), [entry('10.78.0.70', 'conflict')], none);
  expect([...blocks.keys()]).toEqual([at('10.78.0.0')]);
  const kinds = ['10.78.0.63', '10.78.0.64', '10.78.0.65', '10.78.0.70', '10.78.0.127'].map((ip) =>
    kindAt(blocks, at(ip)),
  );
  expect(kinds).toEqual(['unasked', 'edge', 'dead', 'conflict', 'edge']);
});

test('subnets that lie apart, and ones that share a block, are drawn once each', () => {
  expect(emptyBlocks(['10.1.2.0/25', '10.1.2.128/25', '10.9.0.0/24', '10.1.2.7/32']).map(({ start }) => start)).toEqual(
    [at('10.1.2.0'), at('10.9.0.0')],
  );
});

test('a block in which nothing changed stays the same object: nothing of it is drawn again', () => {
  const empty = emptyBlocks(['10.40.0.0/23']);
  const before = filledBlocks(empty, [entry('10.40.0.5', 'known')], none);
  const after = filledBlocks(empty, [entry('10.40.0.5', 'known'), entry('10.40.1.9', 'new_mac')], before);
  expect(after.get(at('10.40.0.0'))).toBe(before.get(at('10.40.0.0')));
  expect(after.get(at('10.40.1.0'))).not.toBe(before.get(at('10.40.1.0')));
  expect(kindAt(after, at('10.40.1.9'))).toBe('new_mac');
});

test('squares are as large as all blocks allow: one /24 beside the list, sixteen on a screen of 1366 by 768', () => {
  expect(pitchFor(1, 340, 480)).toBe(20);
  const pitch = pitchFor(16, 1160, 440);
  const perRow = Math.floor((1160 + 14) / (16 * pitch + 14));
  expect(Math.ceil(16 / perRow) * (16 * pitch + 22)).toBeLessThanOrEqual(440);
  // where nothing fits it scrolls, and stays readable
  expect(pitchFor(256, 340, 480)).toBe(10);
});
