import * as fc from 'fast-check';
import { parseIp, showIp } from '../../shared/ip.ts';

test.each([
  ['10.20.30.4', 169_090_564],
  ['0.0.0.0', 0],
  ['255.255.255.255', 4_294_967_295],
  [' 10.20.30.4 ', 169_090_564],
  ['１０．２０．３０．４', 169_090_564],
  ['10。20。30。4', 169_090_564],
])('%s is read', (written, value) => expect(parseIp(written)).toBe(value));

test.each([
  '',
  '.',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '01.2.3.4',
  '1.2.3.00',
  '256.1.1.1',
  '1.2.3.256',
  '1.2.3.4a',
  '-1.2.3.4',
  '1.2.3.4/24',
  '9999999999.1.1.1',
  '1,2,3,4',
  '1.2.3.+4',
  '0x1.2.3.4',
])('"%s" is no address', (written) => expect(parseIp(written)).toBeNull());

test('what is shown is read again, and what is read is shown as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      expect(parseIp(showIp(value))).toBe(value);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9.]{5,16}$/), (written) => {
      const value = parseIp(written);
      if (value !== null) expect(showIp(value)).toBe(written);
    }),
  );
});
