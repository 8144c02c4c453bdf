/** The wire of protocol 1 stays what it was: laptops and hubs of other versions are out there, for years. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, codec } from '../../hub/codec.ts';
import * as frames from '../../shared/sync/frames.ts';
import { opsOf } from '../../shared/sync/ops.ts';
import { FrameReader, parseJson, type Frame } from '../../shared/sync/wire.ts';
import { errorTexts, framed, messages, shapesHash } from './vectors.ts';

interface Kept {
  readonly frames: readonly Frame[];
  readonly framed: string;
  readonly bytes: string;
}
const kept = JSON.parse(readFileSync(join(__dirname, `wire-${frames.PROTO}.json`), 'utf8')) as {
  readonly proto: number;
  readonly shapes: string;
  readonly request: Kept;
  readonly answer: Kept;
  readonly errors: readonly string[];
};

describe.each(['request', 'answer'] as const)('the %s', (name) => {
  test('that went over a line once is read as it was', () => {
    const reader = new FrameReader(codec);
    const read = reader.push(Buffer.from(kept[name].bytes, 'base64'));
    reader.finish();
    expect(read).toEqual(kept[name].frames);
  });
  test('is framed byte for byte as it was', () => expect(framed(kept[name].frames)).toBe(kept[name].framed));
  test('is written as it was', () => expect(messages[name]).toEqual(kept[name].frames));
  test('is understood', () => {
    const shapes = { hello: frames.hello, result: frames.result, page: frames.page, head: frames.head };
    for (const { type, text } of kept[name].frames)
      if (type === 'commit') expect(opsOf(frames.parseCommit(text, sha256).bodies, 1)).toHaveLength(3);
      else if (type !== 'end') expect(parseJson<unknown>(shapes[type], text)).toBeTruthy();
  });
});

test('every error says what it said', () => expect(errorTexts()).toEqual(kept.errors));

test('no shape of the wire changes by accident', () => {
  if (shapesHash() !== kept.shapes)
    throw new Error(
      'A schema of shared/sync/frames.ts changed. Laptops and hubs of other versions must still understand it: add optional fields only, with a default, ' +
        'or raise PROTO and keep reading the old one. Then write the vectors anew: node test/golden/generate.ts, and look at what changed in wire-1.json.',
    );
});
