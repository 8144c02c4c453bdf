/** The questions that tell what a host is. Each is asked of one approved address, bounded in time and size, and never throws. */
import type { Untrusted } from '../untrusted-bytes.ts';

/** What a Windows computer (or Samba) tells by NetBIOS node status. */
export interface NodeStatus {
  readonly name: Untrusted | null;
  /** Roles as Windows writes them: `<00>` workstation, `<20>` file server, `<1B>` and `<1C>` domain controller. */
  readonly roles: readonly string[];
  /** 12 hex digits; null where Samba leaves it out. */
  readonly mac: string | null;
}
/** The front page of a host. */
export interface Page {
  readonly title: Untrusted | null;
  /** `Server` header and the realm it asks a password for. */
  readonly says: readonly Untrusted[];
}
/** What one packet of multicast DNS told of its sender. */
export interface Announced {
  /** Its host name. */
  readonly names: readonly Untrusted[];
  /** What people called its services: `三楼打印机`. */
  readonly labels: readonly Untrusted[];
  /** `_ipp._tcp`, and models as makers write them (`iPad8,1`). */
  readonly services: readonly Untrusted[];
}
export interface Ear {
  /** Everybody on the link at once: one datagram to the group, a few service types. */
  askAll(): void;
  /** One host, by its own address. Two datagrams: a hundred such questions a second stay within the 200 of security.md X6. */
  ask(ip: string): void;
  close(): void;
}
export interface Probes {
  /** Null: no answer that makes sense. */
  nodeStatus(ip: string, timeoutMs: number, signal?: AbortSignal): Promise<NodeStatus | null>;
  /** Null: nothing there speaks HTTP. `tls` without asking who signed: devices sign for themselves. */
  page(ip: string, port: number, tls: boolean, signal?: AbortSignal): Promise<Page | null>;
  /** The first line a service says of itself, unasked (SSH) or by RTSP; null when it stays silent. */
  greeting(ip: string, port: number, protocol: 'ssh' | 'rtsp', signal?: AbortSignal): Promise<readonly Untrusted[]>;
  /** Listens to multicast DNS until closed, on the card that has this address. */
  listen(address: string, heard: (ip: string, told: Announced) => void): Ear;
}
