/**
 * The title of a host's front page (security.md X8): asked of the address itself, no redirect followed, no cookie kept, 3 s and 64 KiB
 * at most, read by pattern and never rendered. The only place where a certificate is not checked: devices sign for themselves.
 */
import { request as http, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import { createSecureContext } from 'node:tls';
import iconv from 'iconv-lite';
import { untrusted, untrustedText, type Untrusted } from '../untrusted-bytes.ts';
import type { Page } from './probes.ts';

const TIMEOUT_MS = 3000;
const MOST_BYTES = 65_536;
const HEADERS_MOST = 16_384;
const TITLE = /<title[^>]{0,200}>([^<]{0,1024})/i;
const CHARSET = /charset\s*=\s*["']?([\w-]{2,20})/i;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Cameras and switches of ten years ago know nothing better. Electron's BoringSSL has no security levels, and refuses the word. */
const OLD_TLS = [{ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }, { minVersion: 'TLSv1' }, {}] as const;
let bearable: (typeof OLD_TLS)[number] | undefined;
/** The most lenient of them that this system's TLS takes. */
const lenient = (): (typeof OLD_TLS)[number] =>
  (bearable ??=
    OLD_TLS.find((options) => {
      try {
        return createSecureContext(options) !== null;
      } catch {
        return false;
      }
    }) ?? {});

const character = (code: number): string => (code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '');
const withoutEntities = (text: string): string =>
  text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) =>
    decimal
      ? character(Number(decimal))
      : hex
        ? character(Number.parseInt(hex, 16))
        : (NAMED[name?.toLowerCase() ?? ''] ?? ''),
  );

/** The title of a page in the encoding its bytes are in, whatever its header claims; null when it has none. */
export function titleOf(body: Buffer, contentType = ''): Untrusted | null {
  const page = body.toString('latin1');
  const bytes = Buffer.from(TITLE.exec(page)?.[1] ?? '', 'latin1');
  const claimed = (CHARSET.exec(contentType) ?? CHARSET.exec(page.slice(0, 4096)))?.[1]?.toLowerCase() ?? '';
  const foreign = /^(?:big5|shift|euc|iso-2022|windows-125|koi8)/.test(claimed) && iconv.encodingExists(claimed);
  const text = foreign
    ? iconv.decode(bytes, claimed)
    : untrusted(bytes, claimed.startsWith('gb') ? 'gb18030' : 'utf-8');
  // an entity may stand for a character that the gate has just taken away
  return untrustedText(withoutEntities(text)) || null;
}

/** Headers arrive one byte a character. */
const header = (value: string | undefined): Untrusted[] => {
  const text = untrusted(Buffer.from(value ?? '', 'latin1'));
  return text === '' ? [] : [text];
};

function pageOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): Page {
  const realm = /realm="([^"]{1,200})"/i.exec(headers['www-authenticate'] ?? '')?.[1];
  return {
    // the page of a refusal or a redirect is about the refusal, not about the device
    title: statusCode >= 200 && statusCode < 300 ? titleOf(body, headers['content-type']) : null,
    says: [...header(String(headers.server ?? '')), ...header(realm)],
  };
}

export function page(ip: string, port: number, tls: boolean, signal?: AbortSignal): Promise<Page | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let answer: IncomingMessage | undefined;
    const options = {
      host: ip,
      port,
      path: '/',
      family: 4,
      agent: false,
      maxHeaderSize: HEADERS_MOST,
      // old cameras and switches bend HTTP
      insecureHTTPParser: true,
      rejectUnauthorized: false,
      ...lenient(),
      headers: { 'user-agent': 'Lanbook', accept: 'text/html', 'accept-encoding': 'identity', connection: 'close' },
    } as const;
    const asked = tls ? https(options) : http(options);
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      asked.removeAllListeners('error').on('error', () => undefined);
      asked.destroy();
      resolve(answer ? pageOf(answer, Buffer.concat(chunks).subarray(0, MOST_BYTES)) : null);
    };
    const timer = setTimeout(end, TIMEOUT_MS);
    signal?.addEventListener('abort', end, { once: true });
    asked.once('error', end);
    asked.once('response', (response) => {
      answer = response;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= MOST_BYTES || TITLE.test(chunk.toString('latin1'))) end();
      });
      response.once('end', end);
      response.on('error', end);
    });
    asked.end();
    if (signal?.aborted) end();
  });
}
