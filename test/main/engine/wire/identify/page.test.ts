import { readdirSync, readFileSync } from 'node:fs';
import { createServer as createSecure } from 'node:https';
import { createServer, type Server as TcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { generate } from 'selfsigned';
import { page, titleOf } from '../../../../../main/engine/wire/identify/page.ts';
import { greeting } from '../../../../../main/engine/wire/identify/greeting.ts';
import { hostileStrings } from '../../../../support/hostile.ts';

const html = (title: string, head = ''): string => `<html><head>${head}<title>${title}</title></head></html>`;
const gbk = (text: string): Buffer => iconv.encode(text, 'gbk');

describe('a title', () => {
  test.each([
    ['核心交换机', Buffer.from(html('核心交换机'))],
    ['核心交换机', gbk(html('核心交换机', '<meta charset=gb2312>'))],
    // the header says GBK, the page is UTF-8: the bytes decide
    ['核心交换机', Buffer.from(html('核心交换机', '<meta charset="gbk">'))],
    ['核心交换机', gbk(html('核心交换机'))],
    ['網路攝影機', iconv.encode(html('網路攝影機', '<meta charset="big5">'), 'big5')],
    ["HP LaserJet & Co. '3F'", Buffer.from(html('  HP&nbsp;LaserJet &amp;\n Co. &#39;3F&#x27; '))],
    ['RICOH', Buffer.from('<TITLE lang="zh">RICOH')],
    [null, Buffer.from(html(''))],
    [null, Buffer.from('no page')],
    [null, Buffer.from(html('&#x202e;&#0;&#x110000;'))],
  ])('%j', (title, body) => {
    expect(titleOf(body)).toBe(title);
  });

  test('of a hostile page comes out safe, also from entities', () => {
    for (const text of hostileStrings) {
      const coded = [...text].map((char) => `&#x${char.codePointAt(0)?.toString(16)};`).join('');
      for (const body of [html(text), html(coded)])
        expect(titleOf(Buffer.from(body)) ?? '').not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    const began = performance.now();
    titleOf(Buffer.from('<title'.repeat(11_000)));
    titleOf(Buffer.from(`<title>${'&#'.repeat(30_000)}`));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('asked of a server', () => {
  let server: TcpServer;
  const open = new Set<Socket>();
  let received = '';
  const serve = (answer: (socket: Socket) => void): Promise<number> =>
    new Promise((resolve) => {
      received = '';
      server = createServer((socket) => {
        open.add(socket);
        socket.on('error', () => undefined).on('close', () => open.delete(socket));
        socket.once('data', (data) => {
          received += data.toString('latin1');
          answer(socket);
        });
      }).listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
  afterEach(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const reply =
    (status: string, headers: readonly string[], body: string | Buffer = '') =>
    (socket: Socket) => {
      socket.write([`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n'));
      socket.end(body);
    };
  const ask = (port: number, signal?: AbortSignal) => page('127.0.0.1', port, false, signal);

  test('title, server and realm; no cookie, nothing compressed is asked for', async () => {
    const port = await serve(
      reply(
        '200 OK',
        ['Server: Hikvision-Webs', 'WWW-Authenticate: Basic realm="IP Camera(C1)"', 'Set-Cookie: a=b'],
        html('摄像机'),
      ),
    );
    expect(await ask(port)).toEqual({ title: '摄像机', says: ['Hikvision-Webs', 'IP Camera(C1)'] });
    expect(received).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
    expect(received).not.toMatch(/cookie|referer|authorization/i);
  });

  test('a redirect is not followed, and the page of a refusal is no title', async () => {
    let port = await serve(reply('302 Found', ['Location: http://127.0.0.1:1/away'], html('Document moved')));
    expect(await ask(port)).toEqual({ title: null, says: [] });
    server.close();
    port = await serve(
      reply('401 Unauthorized', ['WWW-Authenticate: Digest realm="TL-R473"'], html('401 Unauthorized')),
    );
    expect(await ask(port)).toEqual({ title: null, says: ['TL-R473'] });
  });

  test('bent HTTP of an old device is read all the same; what is no HTTP is nothing', async () => {
    let port = await serve((socket) => void socket.end(`HTTP/1.0 200\nServer: boa\n\n${html('DVR')}`));
    expect((await ask(port))?.title ?? null).toBe('DVR');
    server.close();
    port = await serve((socket) => void socket.end('\u0000\u0001garbage\r\n\r\n'));
    expect(await ask(port)).toBeNull();
  });

  test('an endless page is left after 64 KiB, a silent one within its time or when it is stopped', async () => {
    let port = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = (): void => void (socket.writable && socket.write('x'.repeat(65_536), () => setImmediate(more)));
      more();
    });
    let began = performance.now();
    expect(await ask(port)).toEqual({ title: null, says: [] });
    expect(performance.now() - began).toBeLessThan(2900);
    for (const socket of open) socket.destroy();
    server.close();
    port = await serve(() => undefined);
    const stop = new AbortController();
    began = performance.now();
    setTimeout(() => stop.abort(), 50);
    expect(await ask(port, stop.signal)).toBeNull();
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await page('127.0.0.1', 1, false)).toBeNull();
  });

  test.each([
    ['of today', {}],
    ['of ten years ago', { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
  ] as const)('a device with TLS %s and a certificate that it signed itself', async (_, options) => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'switch' }], { keyType: 'ec' });
    const device = createSecure({ key, cert, ...options }, (_request, response) => response.end(html('S5735-L48T4S')));
    server = device.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    expect((await page('127.0.0.1', port, true))?.title).toBe('S5735-L48T4S');
  });

  test('a camera tells by RTSP who it is', async () => {
    const port = await serve(
      (socket) =>
        void socket.end(
          'RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: Rtsp Server/3.0\r\nWWW-Authenticate: Digest realm="IP Camera(C6513)", nonce="1"\r\n\r\n',
        ),
    );
    expect(await greeting('127.0.0.1', port, 'rtsp')).toEqual(['Rtsp Server/3.0', 'IP Camera(C6513)']);
    expect(received).toMatch(/^DESCRIBE rtsp:\/\/127\.0\.0\.1\/ RTSP\/1\.0\r\n/);
  });

  test('what speaks other than asked, floods or hangs up says nothing', async () => {
    let port = await serve((socket) => void socket.end('220 ftp ready\r\n'.repeat(9999)));
    expect(await greeting('127.0.0.1', port, 'rtsp')).toEqual([]);
    server.close();
    port = await serve((socket) => void socket.destroy());
    expect(await greeting('127.0.0.1', port, 'rtsp')).toEqual([]);
    expect(await greeting('127.0.0.1', 1, 'ssh')).toEqual([]);
  });

  test('an SSH server speaks first', async () => {
    server = createServer((socket) => void socket.end('SSH-2.0-Comware-7.1.070\u001b[2J Release 2432\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await greeting('127.0.0.1', (server.address() as { port: number }).port, 'ssh')).toEqual([
      'SSH-2.0-Comware-7.1.070[2J Release 2432',
    ]);
  });
});

test('only this module talks to a device whose certificate nobody checked', () => {
  const main = join(import.meta.dirname, '../../../../../main');
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  // the line to the hub has no authority to ask either: it pins the hub's key (main/engine/sync)
  const unpinned = files.filter((file) => !file.startsWith(join('engine', 'sync')));
  const loose = unpinned.filter((file) => /rejectUnauthorized:\s*false/.test(readFileSync(join(main, file), 'utf8')));
  expect(loose).toEqual([join('engine', 'wire', 'identify', 'page.ts')]);
});
