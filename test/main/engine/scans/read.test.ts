import fc from 'fast-check';
import iconv from 'iconv-lite';
import { addressesOf } from '../../../../main/engine/scans/nmap.ts';
import { momentIn } from '../../../../main/engine/scans/angry.ts';
import { readScanFile } from '../../../../main/engine/scans/read.ts';
import type { Scan } from '../../../../main/engine/scans/types.ts';
import { SheetProblem } from '../../../../main/engine/sheets/types.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { angryCsv, angryTxt, angryXml, nmapXml } from '../../../support/scans.ts';

const read = (text: string | Buffer): Promise<Scan> => readScanFile(Buffer.from(text as string));
const codeOf = async (text: string | Buffer): Promise<string> => {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof SheetProblem) return error.code;
    throw error;
  }
  return 'read';
};
const at = (ip: string): number => parseIp(ip) ?? -1;
const dropped = (scan: Scan): Record<string, number> => Object.fromEntries(scan.dropped.map(({ why, n }) => [why, n]));

describe('nmap', () => {
  test('what nmap 7.93 wrote is read with its DOCTYPE: hosts, ports, titles, the time, and every address it asked', async () => {
    const scan = await read(nmapXml);
    expect(scan).toMatchObject({ source: 'nmap', format: 'xml', scope: ['10.20.30.0/28'], partial: false });
    expect(scan.runs).toEqual([[at('10.20.30.0'), at('10.20.30.15')]]);
    expect(scan.started_at).toBe(Date.parse('2026-11-22T19:51:41Z'));
    expect(scan.ended_at).toBe(Date.parse('2026-11-22T19:51:55Z'));
    expect(scan.hosts).toEqual([
      expect.objectContaining({
        ip: '10.20.30.7',
        mac: '001B21000007',
        vendor: 'Intel Corporate',
        proof: 'arp',
        ports: [80],
        title: '打印机 & 状态',
        rtt_ms: 0.01,
      }),
      expect.objectContaining({ ip: '10.20.30.9', mac: '001B21000007' }),
    ]);
  });

  test('a DOCTYPE with a rule of its own, or an entity, is refused', async () => {
    const bomb = '<!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    expect(await codeOf(nmapXml.replace('<!DOCTYPE nmaprun>', bomb))).toBe('scan_unsafe');
    expect(await codeOf(nmapXml.replace('<!DOCTYPE nmaprun>', '<!DOCTYPE nmaprun [<!ELEMENT x ANY>]>'))).toBe(
      'scan_unsafe',
    );
    expect(await codeOf(nmapXml.replace('<!DOCTYPE nmaprun>', '<!DOCTYPE html>'))).toBe('scan_unsafe');
    const old =
      '<!DOCTYPE nmaprun PUBLIC "-//IDN nmap.org//DTD Nmap XML 1.04//EN" "https://svn.nmap.org/nmap/docs/nmap.dtd">';
    expect(await codeOf(nmapXml.replace('<!DOCTYPE nmaprun>', old))).toBe('read');
  });

  test('a file that breaks off keeps what it had, as partial, and settles only those addresses', async () => {
    const cut = nmapXml.slice(0, nmapXml.lastIndexOf('<host starttime'));
    const scan = await read(cut);
    expect(scan.partial).toBe(true);
    expect(scan.hosts.map(({ ip }) => ip)).toEqual(['10.20.30.7']);
    expect(scan.runs).toEqual([[at('10.20.30.7'), at('10.20.30.7')]]);
  });

  test('hosts that -Pn only assumes, dead ones, IPv6 and repeated addresses are counted, not taken', async () => {
    const host = (status: string, address: string): string =>
      `<host><status ${status}/><address addr="${address}" addrtype="${address.includes(':') ? 'ipv6' : 'ipv4'}"/></host>`;
    const scan = await read(
      `<nmaprun args="nmap -Pn" start="1">${host('state="up" reason="user-set"', '10.0.0.1')}${host('state="down" reason="no-response"', '10.0.0.2')}${host('state="up" reason="nd-response"', 'fe80::1')}${host('state="up" reason="echo-reply" reason_ttl="63"', '10.0.0.3').repeat(2)}<runstats><finished time="2" exit="success"/><hosts total="5"/></runstats></nmaprun>`,
    );
    expect(dropped(scan)).toEqual({ assumed: 1, dead: 1, ipv6: 1, repeated: 1 });
    expect(scan.hosts).toEqual([expect.objectContaining({ ip: '10.0.0.3', proof: 'icmp', ttl: 63, mac: null })]);
    expect(scan.runs).toEqual([[at('10.0.0.2'), at('10.0.0.3')]]);
  });

  test('targets as people write them; names and lists of hosts are no addresses', () => {
    expect(addressesOf('10.0.0.0/30', 100)).toEqual([0, 1, 2, 3].map((each) => at('10.0.0.0') + each));
    expect(addressesOf('10.0.0-1.5', 100)).toEqual([at('10.0.0.5'), at('10.0.1.5')]);
    expect(addressesOf('10.0.0.*', 300)).toHaveLength(256);
    expect(addressesOf('10.*.*.*', 65_536)).toBeNull();
    expect(addressesOf('server.lan', 100)).toBeNull();
    expect(addressesOf('10.0.0.300', 100)).toBeNull();
  });
});

describe('Angry IP Scanner', () => {
  const hosts = [
    {
      ip: '10.20.30.7',
      mac: '001B21000007',
      vendor: 'Intel',
      proof: 'icmp',
      rtt_ms: 2,
      loss_percent: 0,
      ttl: 64,
      ports: [80, 443, 9100],
      names: [
        { source: 'netbios', name: 'CW-PC07' },
        { source: 'dns', name: 'cw-pc07.school.lan' },
      ],
      title: null,
    },
    expect.objectContaining({ ip: '10.20.30.8', mac: null, proof: 'tcp', ports: [22], rtt_ms: null }),
    expect.objectContaining({ ip: '10.20.30.10', mac: '001B2100000A', rtt_ms: 0, loss_percent: 33.3, ports: [] }),
  ];
  const listed = [[at('10.20.30.7'), at('10.20.30.10')]];

  test.each(['en', 'zh'] as const)('every format with its columns in %s', async (words) => {
    const csv = await read(angryCsv(words));
    expect(csv).toMatchObject({ source: 'angry_ip', format: 'csv', started_at: null, runs: listed, hosts });
    expect(dropped(csv)).toEqual({ dead: 1 });
    const txt = await read(angryTxt(words));
    expect(txt).toMatchObject({ format: 'txt', scope: ['10.20.30.1-10.20.30.20'], runs: listed, hosts });
    expect(txt.started_at).toBe(Date.parse('2026-09-28T16:20+08:00'));
    const xml = await read(angryXml(words));
    expect(xml).toMatchObject({ format: 'xml', runs: listed, hosts });
    expect(xml.started_at).toBe(Date.parse('2026-09-28T10:05+08:00'));
  });

  test('GBK, as older versions write on Chinese Windows', async () => {
    const gbk = iconv.encode(
      angryCsv('zh').replace('cw-pc07.school.lan', '财务-PC07').replaceAll('\u00a0', '?'),
      'gbk',
    );
    const scan = await readScanFile(gbk);
    expect(scan.hosts[0]?.names).toContainEqual({ source: 'dns', name: '财务-PC07' });
    expect(scan.hosts[0]?.rtt_ms).toBe(2);
  });

  test('with only living hosts in the list, the whole range that was asked is settled', async () => {
    const living = angryTxt('en')
      .split('\r\n')
      .filter((line) => !line.startsWith('10.20.30.9'))
      .join('\r\n');
    expect((await read(living)).runs).toEqual([[at('10.20.30.1'), at('10.20.30.20')]]);
  });

  test('a value that runs into the next column is told apart from the end of its line', async () => {
    const long = 'a'.repeat(40);
    const once = angryTxt('en').replace('cw-pc07.school.lan'.padEnd(24), long);
    expect((await read(once)).hosts[0]).toMatchObject({
      ttl: 64,
      names: [expect.anything(), { source: 'dns', name: long }],
      ports: [80, 443, 9100],
      mac: '001B21000007',
    });
    // two such values side by side cannot be told apart: the columns around them still stand in their places
    const twice = once.replace('Intel'.padEnd(30), 'b'.repeat(50));
    expect((await read(twice)).hosts[0]).toMatchObject({
      names: [{ source: 'dns', name: long }],
      mac: '001B21000007',
      loss_percent: 0,
    });
  });

  test('the moments that Java writes', () => {
    const moment = Date.parse('2026-09-28T16:20+08:00');
    for (const written of [
      '2026年9月28日 16:20:00',
      '2026-9-28 16:20:00',
      'Sep 28, 2026 4:20:00 PM',
      '28 Sep 2026, 16:20:00',
      '28.09.2026, 16:20:00',
      'Mon Sep 28 16:20:00 CST 2026',
    ])
      expect([written, momentIn(written)]).toEqual([written, moment]);
    expect(momentIn('gestern um acht')).toBeNull();
  });
});

test('what a device writes into its name comes through the gate', async () => {
  const hostile = '\u202e<b>=cmd|\u0007x\u200b</b>';
  const scan = await read(angryXml('en').replace('cw-pc07.school.lan', hostile));
  expect(scan.hosts[0]?.names.find(({ source }) => source === 'dns')?.name).toBe('<b>=cmd|x</b>');
});

test('every other file is refused with its own sentence', async () => {
  expect(await codeOf('')).toBe('scan_empty');
  expect(await codeOf('Starting Nmap 7.93 ( https://nmap.org )\nNmap scan report for 10.0.0.1\n')).toBe('scan_not_xml');
  expect(await codeOf('# Nmap 7.93 scan initiated\nHost: 10.0.0.1 () Status: Up\n')).toBe('scan_not_xml');
  expect(await codeOf('姓名,部门\n王芳,财务处\n')).toBe('scan_unknown');
  expect(await codeOf('<html><body>x</body></html>')).toBe('scan_unknown');
  expect(await codeOf('<nmaprun args="x"><host>')).toBe('scan_broken');
  expect(await codeOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 1]))).toBe('scan_unknown');
});

test('whatever is done to a file, it is read or refused, never a crash', async () => {
  const files = [nmapXml, angryCsv('zh'), angryTxt('en'), angryXml('zh')].map((text) => Buffer.from(text));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(6000), fc.uint8Array({ maxLength: 6 })), { minLength: 1, maxLength: 6 }),
      fc.nat(6000),
      async (file, cuts, length) => {
        const bytes = Buffer.from(file.subarray(0, length % 3 === 0 ? length : file.length));
        for (const [at, put] of cuts)
          bytes.set(put.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
        try {
          const { hosts } = await readScanFile(bytes);
          for (const { ip, mac, names } of hosts) {
            expect(parseIp(ip)).not.toBeNull();
            expect(mac ?? '0000000000A0').toMatch(/^[0-9A-F]{12}$/);
            for (const { name } of names) expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
          }
        } catch (error) {
          if (!(error instanceof SheetProblem)) throw error;
          expect(error.code).toMatch(/^scan_/);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('no more than 65,536 hosts are taken', async () => {
  const rows = Array.from({ length: 65_600 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255},1 ms`);
  const scan = await read(['IP,Ping', ...rows].join('\n'));
  expect(scan.hosts).toHaveLength(65_536);
  expect(dropped(scan)).toEqual({ too_many: 64 });
});
