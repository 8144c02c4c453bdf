/** Switches and routers, asked by SNMP for what they know of the network. Read only; what they say is evidence and never the register. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { idText } from '../record.ts';
import { portCandidate } from './switches/candidate.ts';
import { link } from './switches/links.ts';

export const snmpVersions = ['v3', 'v2c'] as const;
export const authProtocols = ['sha256', 'sha512', 'sha', 'md5'] as const;
export const privProtocols = ['aes', 'aes256', 'des'] as const;
export const tableStates = ['read', 'absent', 'cut', 'failed', 'not_asked'] as const;
export const readEnds = ['complete', 'partial', 'silent', 'closed', 'wrong_credential', 'garbage', 'stopped'] as const;

const address = z.string().trim().max(40);
const named = {
  name: z.string().trim().min(1).max(60),
  /** Subnets and addresses it may be sent to: private ones, together at most a /16. */
  scope: z.array(z.string().trim().max(100)).min(1).max(32),
  /** Null: 161. */
  port: z.int().min(1).max(65_535).nullable(),
};
/** Longer than any device takes; RFC 3414 wants at least 8 for the keys of v3. */
const community = z.string().min(1).max(128);
const key = z.string().min(8).max(128);
export const credentialDraft = z.discriminatedUnion('version', [
  z.object({ version: z.literal('v2c'), ...named, community }),
  z.object({
    version: z.literal('v3'),
    ...named,
    user: z.string().trim().min(1).max(64),
    /** Encryption only together with authentication. */
    auth: z.object({ protocol: z.enum(authProtocols), key }).nullable(),
    priv: z.object({ protocol: z.enum(privProtocols), key }).nullable(),
  }),
]);
export type CredentialDraft = z.infer<typeof credentialDraft>;
/** What may be shown of a credential: its secrets never come back. */
const credential = z.object({
  id: z.string(),
  name: z.string(),
  version: z.enum(snmpVersions),
  user: z.string().nullable(),
  auth_protocol: z.enum(authProtocols).nullable(),
  priv_protocol: z.enum(privProtocols).nullable(),
  scope: z.array(z.string()),
  port: z.int().nullable(),
  made_at: z.number(),
  /** When a device last answered to it. */
  answered_at: z.number().nullable(),
});
export type Credential = z.infer<typeof credential>;

const vault = z.object({
  state: z.enum(['none', 'locked', 'open']),
  holder: z.enum(['login', 'passphrase']).nullable(),
  /** A passphrase has to be chosen (none) or given (locked) before anything goes on. */
  asks: z.boolean(),
});
const passphrase = z.object({ passphrase: z.string().min(8).max(200) });

const reading = z.object({
  read_at: z.number(),
  end: z.enum(readEnds),
  elapsed_ms: z.number(),
  tables: z.object({
    interfaces: z.enum(tableStates),
    addresses: z.enum(tableStates),
    arp: z.enum(tableStates),
    bridge: z.enum(tableStates),
    qbridge: z.enum(tableStates),
    vendor: z.enum(tableStates),
    lldp: z.enum(tableStates),
  }),
  credential: z.string().nullable(),
  /** By SNMP, or pasted from the console. */
  source: z.enum(['snmp', 'console']),
});
export type Reading = z.infer<typeof reading>;
const counts = z.object({ interfaces: z.int(), up: z.int(), macs: z.int(), arp: z.int(), neighbours: z.int() });

const device = z.object({
  ip: z.string(),
  /** Its own name; else that of the asset; else null. */
  name: z.string().nullable(),
  description: z.string().nullable(),
  asset: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** The last reading, however it ended; null: never read. */
  last: reading.nullable(),
  /** When it last gave its tables. */
  good_at: z.number().nullable(),
  counts: counts.nullable(),
  /** A credential's scope holds it. */
  reachable: z.boolean(),
});
export type Device = z.infer<typeof device>;

const devicePage = z.object({
  ...device.shape,
  object_id: z.string().nullable(),
  location: z.string().nullable(),
  contact: z.string().nullable(),
  uptime_s: z.number().nullable(),
  addresses: z.array(z.string()),
  interfaces: z.array(
    z.object({
      if_index: z.int(),
      name: z.string(),
      alias: z.string().nullable(),
      admin_up: z.boolean().nullable(),
      up: z.boolean().nullable(),
      speed_mbps: z.number().nullable(),
      neighbour: z.string().nullable(),
      uplink: z.boolean(),
      /** The first of the cards learned on it, and how many there are. */
      macs: z.array(z.object({ mac: z.string(), vlan: z.int().nullable(), who: z.string().nullable() })),
      mac_count: z.int(),
    }),
  ),
  arp: z.array(z.object({ ip: z.string(), mac: z.string(), port: z.string().nullable(), who: z.string().nullable() })),
  readings: z.array(reading),
});
export type DevicePage = z.infer<typeof devicePage>;

export const skipReasons = ['not_approved', 'no_credential'] as const;
export const readEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    total: z.int(),
    /** Not asked at all, and why. */
    skipped: z.array(z.object({ ip: z.string(), reason: z.enum(skipReasons) })),
  }),
  z.object({ kind: z.literal('asking'), ip: z.string() }),
  z.object({ kind: z.literal('device'), device, done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('done'), answered: z.int(), total: z.int(), stopped: z.boolean() }),
]);
export type ReadEvent = z.infer<typeof readEvent>;

const whereabouts = z.object({
  mac: z.string(),
  /** Where it has this card's address from: typed, the register, an ARP table, a sweep. */
  from: z.enum(['typed', 'register', 'arp', 'sweep']),
  ip: z.string().nullable(),
  binding: z
    .object({
      id: z.string(),
      ip: z.string(),
      person: z.string(),
      switch_name: z.string().nullable(),
      switch_port: z.string().nullable(),
    })
    .nullable(),
  asset: z.object({ id: z.string(), title: z.string() }).nullable(),
  candidates: z.array(portCandidate),
  /** What the binding would say if the first candidate were written into it; null where there is no answer or no binding. */
  place: z.object({ switch_name: z.string(), switch_port: z.string() }).nullable(),
  /** The binding names this very port; null where it names none, or there is no answer. */
  agrees: z.boolean().nullable(),
});
export type Whereabouts = z.infer<typeof whereabouts>;

export const switchesContract = {
  vault: call.output(vault),
  /** Chooses the passphrase, where no keyring of the login holds the key. */
  makeVault: call.input(passphrase).output(vault),
  unlock: call.input(z.object({ passphrase: z.string().min(1).max(200) })).output(vault),
  lock: call.output(vault),
  /** The way out of a forgotten passphrase: the key and every credential are deleted. */
  forget: call.output(z.object({ credentials: z.int() })),

  credentials: call.output(z.array(credential)),
  addCredential: call.input(credentialDraft).output(credential),
  removeCredential: call.input(z.object({ id: idText })).output(z.object({ id: z.string() })),
  /** One reading of one device with one credential (试读一次). */
  tryCredential: call.input(z.object({ id: idText, ip: address })).output(device),

  /** Everything that can be read or was read: registered, seen in a sweep as a switch, read before. */
  devices: call.output(z.array(device)),
  device: call.input(z.object({ ip: address })).output(devicePage),
  /** Streams until done; leaving the stream stops it, what was read stays. No address: all known ones. */
  read: call.input(z.object({ ips: z.array(address).max(500).default([]) })).output(eventIterator(readEvent)),
  stop: call.output(z.object({ stopped: z.boolean() })),

  /** Where a card is plugged in: by MAC, IP, name of a person, host or asset. */
  find: call.input(z.object({ text: z.string().trim().min(1).max(100) })).output(z.array(whereabouts)),
  /** What LLDP says is joined to what. */
  links: call.output(z.array(link)),
};
