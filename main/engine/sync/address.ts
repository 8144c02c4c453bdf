/** Where a hub is, as people write it and as it is asked. */
import { isIP } from 'node:net';
import { refuse } from '../../../shared/refusal.ts';

/** Where a hub listens unless it was told otherwise (hub/options.ts). */
const PORT = 8470;
const WRITTEN = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?\/?$/;

/** Only programs of this computer hear what is said there. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** Anybody on the way could read along. */
export const isOpenLine = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && !isLoopback(hostname);

/**
 * `192.168.1.5`, with or without `:8470` and `https://`, to the origin. Refuses anything else: no path, no user, no other protocol,
 * and nothing that a URL would take for a host though nobody writes one so (`教学楼`, `192.168.1`). Plain `http://` only on this computer.
 */
export function originOf(written: string): string {
  const text = written.normalize('NFKC').trim().replaceAll('。', '.').toLowerCase();
  const [matched, protocol, host = '', port] = WRITTEN.exec(text) ?? [];
  // An address written with https:// and no port is a proxy's, on the port of https.
  const url = matched && URL.parse(`${protocol ?? 'https'}://${host}:${port ?? (protocol === 'https' ? 443 : PORT)}`);
  if (!url || url.hostname !== host) throw refuse('hub_address', { address: written });
  if (isOpenLine(url)) throw refuse('hub_plain', { address: written });
  return url.origin;
}
