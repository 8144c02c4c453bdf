import { originOf } from '../../../../main/engine/sync/hub.ts';
import { isRefusal } from '../../../../shared/refusal.ts';

test.each([
  ['192.168.1.5', 'http://192.168.1.5:8470'],
  [' 192.168.1.5：8471 ', 'http://192.168.1.5:8471'],
  ['192。168。1。5', 'http://192.168.1.5:8470'],
  ['HTTP://Hub.School.cn/', 'http://hub.school.cn:8470'],
  ['http://192.168.1.5:80', 'http://192.168.1.5'],
  ['https://hub.school.cn', 'https://hub.school.cn'],
  ['[fd00::5]:8470', 'http://[fd00::5]:8470'],
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
