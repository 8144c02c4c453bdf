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

/** `serversOf`: the name servers of this computer, as the system has them now. */
export function reverseNames(
  now: () => number,
  serversOf = (): readonly string[] => new Resolver().getServers(),
): (ip: string, signal?: AbortSignal) => Promise<string | null> {
  let timeouts = 0;
  let restUntil = 0;
  return async (ip, signal) => {
    const servers = privateServers(serversOf());
    if (now() < restUntil || signal?.aborted || servers.length === 0) return null;
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
    resolver.setServers(servers);
    // its own time-out is only where it begins to grow: two seconds were measured
    let late = false;
    const stop = (): void => resolver.cancel();
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, TIMEOUT_MS);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const [name] = await resolver.reverse(ip);
      timeouts = 0;
      return name === undefined ? null : untrustedText(name) || null;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // "no such name" is an answer (also given for what was cancelled); silence and "no route" are not, being stopped says nothing
      if (!late && (code === 'ENOTFOUND' || code === 'ENODATA')) timeouts = 0;
      else if (!signal?.aborted && ++timeouts >= PATIENCE) {
        timeouts = 0;
        restUntil = now() + REST_MS;
      }
      return null;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  };
}
