/** Host names by reverse DNS. Only private name servers are asked: a question about 10.x is nobody else's business. */
import { Resolver } from 'node:dns/promises';
import { parseIp } from '../../../shared/ip.ts';
import { isPrivate } from '../../../shared/features/discovery/scope.ts';
import { untrustedText } from './untrusted-bytes.ts';

const TIMEOUT_MS = 800;
/** After so many time-outs without one answer the server is taken for unreachable, and asked no more for a minute. */
const PATIENCE = 4;
const REST_MS = 60_000;

const privateServers = (servers: readonly string[]): string[] =>
  servers.filter((server) => {
    const address = parseIp(server.split(':')[0] ?? '');
    return address !== null && (isPrivate(address) || address >>> 24 === 127);
  });

export function reverseNames(now: () => number): (ip: string) => Promise<string | null> {
  let timeouts = 0;
  let restUntil = 0;
  return async (ip) => {
    if (now() < restUntil) return null;
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
    const servers = privateServers(resolver.getServers());
    if (servers.length === 0) return null;
    try {
      resolver.setServers(servers);
      const [name] = await resolver.reverse(ip);
      timeouts = 0;
      return name === undefined ? null : untrustedText(name) || null;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // "no such name" is an answer; silence and "no route" are not
      if (code === 'ENOTFOUND' || code === 'ENODATA') timeouts = 0;
      else if (++timeouts >= PATIENCE) {
        timeouts = 0;
        restUntil = now() + REST_MS;
      }
      return null;
    }
  };
}
