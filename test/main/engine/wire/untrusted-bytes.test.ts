import fc from 'fast-check';
import iconv from 'iconv-lite';
import { untrusted, untrustedText } from '../../../../main/engine/wire/untrusted-bytes.ts';
import { hostileStrings } from '../../../support/hostile.ts';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const gbk = (text: string): Buffer => iconv.encode(text, 'gb18030');

/** What may come out: one line of assigned, visible characters, none that change how others are shown. */
const SAFE = /^(?! )[^\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]{0,256}(?<! )$/u;
const SHORT = /^[^\u0800-\uffff]*$/;

test.each([
  ['财务-PC01', utf8('财务-PC01')],
  ['财务-PC01', gbk('财务-PC01')],
  ['三楼会议室打印机', gbk('三楼会议室打印机')],
  ['核心交换机 S5735', gbk('核心交换机\tS5735\r\n')],
  ['Münster', utf8('Mu\u0308nster')],
  ['', Buffer.alloc(0)],
  ['', Buffer.alloc(15)],
  ['deadbeefff00', Buffer.from('deadbeefff00', 'hex')],
])('%j is read from %j', (text, bytes) => {
  expect(untrusted(bytes)).toBe(text);
});

test('a name cut in the middle of its last character keeps the rest', () => {
  expect(untrusted(gbk('教务处资料室电脑').subarray(0, 15))).toBe('教务处资料室电');
});

test('where both readings are possible, the one the sender is known to use', () => {
  const both = gbk('模');
  expect(both.toString('utf8')).toBe('ģ');
  expect(untrusted(both)).toBe('ģ');
  expect(untrusted(both, 'gb18030')).toBe('模');
  expect(untrusted(utf8('财务'), 'gb18030')).toBe('财务');
  expect(untrusted(utf8('printer-3F'), 'gb18030')).toBe('printer-3F');
});

test('100,000 strings of anything come out safe, bounded, and the same when they pass again', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map(utf8),
    fc.string({ unit: 'grapheme', maxLength: 60 }).map(gbk),
    fc
      .array(fc.constantFrom(...hostileStrings, 'e', '\u0301', '\u200d', '\u00ad', ' ', '\n', '\u1100', '\u1161'), {
        maxLength: 12,
      })
      .map((parts) => utf8(parts.join('').slice(0, 600))),
  );
  let seen = 0;
  fc.assert(
    fc.property(anything, fc.constantFrom('utf-8', 'gb18030'), (bytes, prefer) => {
      seen++;
      const text = untrusted(bytes, prefer);
      if (!SAFE.test(text)) throw new Error(JSON.stringify(text));
      expect(text).toBe(text.normalize('NFC'));
      expect(untrustedText(text)).toBe(text);
      // of UTF-8 without a preference nothing else can be read; Latin letters may look like GBK to a sender of GBK
      if (prefer === 'utf-8' || !SHORT.test(text)) expect(untrusted(utf8(text), prefer)).toBe(text);
    }),
    { numRuns: 100_000 },
  );
  expect(seen).toBe(100_000);
}, 60_000);

test('64 KiB are cut to 256 characters', () => {
  expect([...untrusted(utf8('打印机'.repeat(8000)))].length).toBe(256);
  expect([...untrusted(gbk('打印机'.repeat(8000)))].length).toBe(256);
  expect(untrusted(Buffer.alloc(65_536, 0xff))).toBe('ff'.repeat(128));
});
