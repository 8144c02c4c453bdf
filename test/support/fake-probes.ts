/** What a host of a network of our own making answers when it is asked what it is. */
import type { Announced, NodeStatus, Page, Probes } from '../../main/engine/wire/identify/probes.ts';
import { untrustedText, type Untrusted } from '../../main/engine/wire/untrusted-bytes.ts';

/** A host with one of these refuses every port that is not open, unless it is `firewalled`: then there is only silence. */
export interface FakeTold {
  readonly open?: readonly number[];
  readonly firewalled?: boolean;
  readonly netbios?: { readonly name: string; readonly roles?: readonly string[]; readonly mac?: string | null };
  readonly title?: string;
  readonly says?: readonly string[];
  readonly ssh?: string;
  readonly rtsp?: readonly string[];
  readonly mdns?: {
    readonly names?: readonly string[];
    readonly labels?: readonly string[];
    readonly services?: readonly string[];
  };
}
type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;
const words = (texts: readonly string[] = []): Untrusted[] => texts.map(untrustedText);

export function fakeProbes(sleep: Sleep, told: (ip: string) => FakeTold | undefined): Probes {
  return {
    nodeStatus: async (ip, timeoutMs, signal): Promise<NodeStatus | null> => {
      const netbios = told(ip)?.netbios;
      await sleep(netbios ? 2 : timeoutMs, signal);
      if (!netbios) return null;
      return { name: untrustedText(netbios.name), roles: netbios.roles ?? ['<00>', '<20>'], mac: netbios.mac ?? null };
    },
    page: async (ip, port, _tls, signal): Promise<Page | null> => {
      await sleep(5, signal);
      const { title, says, open = [] } = told(ip) ?? {};
      if (!open.includes(port)) return null;
      return { title: title === undefined ? null : untrustedText(title), says: words(says) };
    },
    greeting: async (ip, _port, protocol, signal) => {
      await sleep(5, signal);
      const { ssh, rtsp } = told(ip) ?? {};
      return protocol === 'rtsp' ? words(rtsp) : words(ssh === undefined ? [] : [ssh]);
    },
    listen: (_address, heard) => ({
      askAll: () => undefined,
      ask(ip) {
        const mdns = told(ip)?.mdns;
        const announced: Announced = {
          names: words(mdns?.names),
          labels: words(mdns?.labels),
          services: words(mdns?.services),
        };
        if (mdns) void sleep(20).then(() => heard(ip, announced));
      },
      close: () => undefined,
    }),
  };
}
