import fc from 'fast-check';
import iconv from 'iconv-lite';
import { countMakers, readVendorFile, writeVendorTable } from '../../../../main/engine/wire/vendor-file.ts';
import { hostileStrings } from '../../../support/hostile.ts';

const HEAD = 'Registry,Assignment,Organization Name,Organization Address\r\n';
const read = (text: string): Record<string, string> | null => {
  const makers = readVendorFile(Buffer.from(text));
  return makers && Object.fromEntries(makers);
};

test('a file of the IEEE as it is downloaded: quotes, commas and line breaks in addresses', () => {
  expect(
    read(
      `\ufeff${HEAD}MA-L,4419B6,"Hangzhou Hikvision Digital Technology Co.,Ltd.","No.469,Jianghui Road\r\nHangzhou  CN 310052 "\r\n` +
        'MA-M,C85CE27,  Middle   Maker ,CN\r\nMA-S,70B3D5001,"The ""Small"" One",CN\r\n',
    ),
  ).toEqual({
    '4419B6': 'Hangzhou Hikvision Digital Technology Co.,Ltd.',
    C85CE27: 'Middle Maker',
    '70B3D5001': 'The "Small" One',
  });
});

test('our own table comes back as it was written', () => {
  const makers = new Map([
    ['C85CE27AB', 'Small'],
    ['C85CE2', 'Large'],
  ]);
  const text = writeVendorTable(makers);
  expect(text).toBe('C85CE2\tLarge\nC85CE27AB\tSmall\n');
  expect(read(text)).toEqual(Object.fromEntries(makers));
  expect(countMakers(makers.keys())).toEqual({ ma_l: 1, ma_m: 0, ma_s: 1 });
});

test('where a prefix stands twice the first counts', () =>
  expect(read(`${HEAD}MA-L,080030,ROYAL MELBOURNE INST OF TECH,AU\nMA-L,080030,CERN,CH\n`)).toEqual({
    '080030': 'ROYAL MELBOURNE INST OF TECH',
  }));

test.each([
  ['nothing', Buffer.alloc(0)],
  ['only a head', Buffer.from(HEAD)],
  ['a list of devices', Buffer.from('编号,名称\n1,打印机\n')],
  ['saved again by a Chinese Excel', iconv.encode(`${HEAD}MA-L,4419B6,海康威视,杭州\n`, 'gbk')],
  ['a program', Buffer.from(`${HEAD}MA-L,4419B6,\u0000MZ,CN\n`)],
  ['more nonsense than sense', Buffer.from(`${HEAD}${'MA-L,XXYYZZ,Maker,CN\n'.repeat(50)}MA-L,4419B6,Hikvision,CN\n`)],
  ['an open quote over the whole file', Buffer.from(`${HEAD}MA-L,4419B6,"Hikvision${',CN\n'.repeat(9)}`)],
  ['20 MB', Buffer.alloc(20 * 1024 * 1024, HEAD)],
])('%s is refused', (_, bytes) => expect(readVendorFile(bytes)).toBeNull());

test('hostile makers lose what hides or commands, and garbage never throws', () => {
  // a zero byte makes it no text at all: see above
  const file = hostileStrings
    .map((text) => text.replaceAll('\u0000', ''))
    .map((text, at) => `MA-L,${(0x440000 + at).toString(16).toUpperCase()},"${text.replaceAll('"', '""')}",CN`);
  const honest = Array.from({ length: 1000 }, (_, at) => `MA-L,${(0x450000 + at).toString(16)},Maker,CN`);
  const makers = readVendorFile(Buffer.from(HEAD + [...file, ...honest].join('\n')));
  expect(makers?.size).toBeGreaterThan(1000);
  for (const maker of makers?.values() ?? []) {
    expect(maker).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect([...maker].length).toBeLessThanOrEqual(60);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(HEAD, 'AABBCC\t', ''), (text, head) => {
      readVendorFile(Buffer.from(head + text));
    }),
  );
});
