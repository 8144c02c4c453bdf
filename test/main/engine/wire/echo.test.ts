import iconv from 'iconv-lite';
import { readEchoes } from '../../../../main/engine/wire/echo.ts';

const dos = (text: string): string => text.replaceAll('\n', '\r\n');
const CHINESE = dos(`
正在 Ping 10.20.30.1 具有 32 字节的数据:
来自 10.20.30.1 的回复: 字节=32 时间=3ms TTL=64
来自 10.20.30.1 的回复: 字节=32 时间<1ms TTL=64

10.20.30.1 的 Ping 统计信息:
    数据包: 已发送 = 2，已接收 = 2，丢失 = 0 (0% 丢失)，
往返行程的估计时间(以毫秒为单位):
    最短 = 0ms，最长 = 3ms，平均 = 1ms
`);
/** Windows says so with success: the "reply" is its own, and the last line counts it as received. */
const CHINESE_UNREACHABLE = dos(`
正在 Ping 10.20.30.9 具有 32 字节的数据:
来自 10.20.30.77 的回复: 无法访问目标主机。

10.20.30.9 的 Ping 统计信息:
    数据包: 已发送 = 1，已接收 = 1，丢失 = 0 (0% 丢失)，
`);
const CHINESE_TIMEOUT = dos(`
正在 Ping 10.20.30.9 具有 32 字节的数据:
请求超时。

10.20.30.9 的 Ping 统计信息:
    数据包: 已发送 = 1，已接收 = 0，丢失 = 1 (100% 丢失)，
`);
const CHINESE_EXPIRED = dos(`
正在 Ping 10.78.0.9 具有 32 字节的数据:
来自 10.20.30.1 的回复: TTL 传输中过期。
`);
const ENGLISH_UNREACHABLE = dos(`
Pinging 10.20.30.9 with 32 bytes of data:
Reply from 10.20.30.77: Destination host unreachable.

Ping statistics for 10.20.30.9:
    Packets: Sent = 1, Received = 1, Lost = 0 (0% loss),
`);
const LINUX_UNREACHABLE = `PING 10.20.30.9 (10.20.30.9) 56(84) bytes of data.
From 10.20.30.250 icmp_seq=1 Destination Host Unreachable

--- 10.20.30.9 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
`;
const LINUX = `PING 10.77.0.40 (10.77.0.40) 56(84) bytes of data.
64 bytes from 10.77.0.40: icmp_seq=2 ttl=128 time=0.512 ms
64 bytes from 10.77.0.40: icmp_seq=2 ttl=128 time=0.600 ms (DUP!)
64 bytes from 10.77.0.40: icmp_seq=3 ttl=128 time=1.488 ms

--- 10.77.0.40 ping statistics ---
4 packets transmitted, 2 received, +1 duplicates, 50% packet loss, time 3004ms
`;
const LINUX_CHINESE = `PING 10.77.0.40 (10.77.0.40) 56(84) 字节的数据。
64 字节，来自 10.77.0.40: icmp_seq=1 ttl=64 时间=0.045 毫秒

--- 10.77.0.40 ping 统计 ---
已发送 1 个包， 已接收 1 个包, 0% packet loss, time 0ms
`;
const MAC = `PING 10.20.30.1 (10.20.30.1): 56 data bytes
64 bytes from 10.20.30.1: icmp_seq=0 ttl=255 time=2.500 ms

--- 10.20.30.1 ping statistics ---
1 packets transmitted, 1 packets received, 0.0% packet loss
`;
const dead = { rtt_ms: null, loss_percent: 100, ttl: null };

/** As the `ping` package hands it over: bytes of any encoding, taken for UTF-8. */
const asGiven = (text: string, encoding: 'utf8' | 'gbk'): string => iconv.encode(text, encoding).toString('utf8');

describe.each(['utf8', 'gbk'] as const)('a Chinese Windows in %s', (encoding) => {
  test('replies', () =>
    expect(readEchoes(asGiven(CHINESE, encoding), 2)).toEqual({ rtt_ms: 2, loss_percent: 0, ttl: 64 }));
  test('"来自…无法访问目标主机" is no reply', () =>
    expect(readEchoes(asGiven(CHINESE_UNREACHABLE, encoding), 1)).toEqual(dead));
  test('neither is a time-out', () => expect(readEchoes(asGiven(CHINESE_TIMEOUT, encoding), 1)).toEqual(dead));
  test('nor a router that let it expire', () =>
    expect(readEchoes(asGiven(CHINESE_EXPIRED, encoding), 1)).toEqual(dead));
});
test.each([
  ['Windows in English, unreachable', ENGLISH_UNREACHABLE, 1, dead],
  ['Linux, unreachable', LINUX_UNREACHABLE, 1, dead],
  ['Linux, half of four lost, one doubled', LINUX, 4, { rtt_ms: 1, loss_percent: 50, ttl: 128 }],
  ['macOS', MAC, 1, { rtt_ms: 2.5, loss_percent: 0, ttl: 255 }],
  ['nothing at all', '', 1, dead],
])('%s', (_, output, sent, expected) => expect(readEchoes(output, sent)).toEqual(expected));
test('a translated ping on Linux tells at least that the host lives', () =>
  expect(readEchoes(LINUX_CHINESE, 1)).toMatchObject({ loss_percent: 0, ttl: 64, rtt_ms: 0.045 }));
