import fc from 'fast-check';
import { codec } from '../../../hub/codec.ts';
import { codec as laptopCodec } from '../../../main/engine/sync/codec.ts';
import { encodeFrame, encodeMessage, FrameReader, WireError, type Frame } from '../../../shared/sync/wire.ts';

const texts = ['{"a":1}', '中文与\u0000控制字符', '', 'x'.repeat(5000)];
const message = encodeMessage(
  codec,
  texts.map((text) => encodeFrame(codec, 'page', text)),
);
const read = (chunks: readonly Uint8Array[]): Frame[] => {
  const reader = new FrameReader(laptopCodec);
  const frames = chunks.flatMap((chunk) => reader.push(chunk));
  reader.finish();
  return frames;
};

test('what the hub frames the laptop reads, however the line cuts it into chunks', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(message.length), { maxLength: 20 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), message.length];
      const chunks = at.slice(1).map((end, index) => message.slice(at[index], end));
      expect(read(chunks).map(({ text }) => text)).toEqual(texts);
    }),
    { seed: 1 },
  );
});

test('a message cut at any byte is never taken for a whole one, and gives only whole frames before the cut', () => {
  for (let length = 0; length < message.length; length += 1) {
    const reader = new FrameReader(codec);
    const frames = reader.push(message.slice(0, length));
    expect(frames.map(({ text }) => text)).toEqual(texts.slice(0, frames.length));
    expect(() => reader.finish()).toThrow(expect.objectContaining({ fault: 'cut' }) as Error);
  }
});

test('a flipped bit anywhere is found', () => {
  for (let at = 0; at < message.length; at += 1) {
    const altered = message.slice();
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
    expect(() => read([altered])).toThrow(WireError);
  }
});

test('bytes of something else are refused at once', () => {
  expect(() => read([Buffer.from('<html><body>请登录</body></html>')])).toThrow(WireError);
  expect(() => read([message, message])).toThrow(WireError);
});

/** Pinned: when these bytes can no longer be read, the protocol has changed and needs a new PROTO. */
test('golden bytes of a small message', () => {
  expect(read([Buffer.from(GOLDEN, 'hex')]).map(({ type, text }) => [type, text])).toEqual([['hello', '{"proto":1}']]);
});
const GOLDEN =
  '00000014018bfa9baa28b52ffd200b5900007b2270726f746f223a317d0000005506b434936728b52ffd205865020082051216a025797be4ea7c9fb63b55b14d0869770921f77f8302052abba6bba60c0f621a26e7f63c30778f2e49fadec6437e986a4553565f78bd3daf8f0822c3385010a0082a8e8007274200';
