import { originOf } from '../../../../main/engine/sync/address.ts';
import { isRefusal } from '../../../../shared/refusal.ts';

test.each([
  ['192.168.1.5', 'https://192.168.1.5:8470'],
  [' 192.168.1.5：8471 ', 'https://192.168.1.5:8471'],
  ['192。168。1。5', 'https://192.168.1.5:8470'],
  ['HTTPS://Hub.School.cn/', 'https://hub.school.cn'],
  ['hub.school.cn', 'https://hub.school.cn:8470'],
  ['https://192.168.1.5:80', 'https://192.168.1.5:80'],
  ['http://127.0.0.1:80', 'http://127.0.0.1'],
  ['https://hub.school.cn', 'https://hub.school.cn'],
  ['[fd00::5]:8470', 'https://[fd00::5]:8470'],
])('"%s" is the hub at %s', (written, origin) => expect(originOf(written)).toBe(origin));

test.each(['教学楼', '192.168.1', '192.168.1.500', 'ftp://x', 'http://a@b', 'http://x/y', 'x:99999', 'a b', '::'])(
  '"%s" is refused as no address, in the words it was written in',
  (written) => {
    let said: unknown;
    try {
      said = originOf(written);
    } catch (error) {
      said = isRefusal(error) ? [error.code, error.params] : error;
    }
    expect(said).toEqual(['hub_address', { address: written }]);
  },
);
