/** Discovery: what is really on the network, beside what the register says. A sweep proposes; only commands change the register. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { day, ip, mac, record, text } from '../record.ts';
import { factParts, findingCalls, proofs } from './discovery/findings.ts';
import { identifyDepths, identity } from './discovery/identity.ts';
import { vendorsContract } from './discovery/vendors.ts';
import { verdicts } from './discovery/verdicts.ts';

/** A finding that somebody decided not to be asked about until a date. */
export const ignoredFindings = record('ignored_findings', {
  /** `Finding.key`: the same fact in every sweep. */
  finding: text({ required: true, max: 200 }),
  ip: ip({ required: true }),
  mac: mac(),
  until: day({ required: true, class: 'B' }),
  reason: text({ required: true, max: 200 }),
});

const verdict = z.enum(verdicts);
export const host = z.object({
  ip: z.string(),
  mac: z.string().nullable(),
  self: z.boolean(),
  proof: z.enum(proofs),
  vendor: z.string().nullable(),
  /** The MAC was made up by the device. */
  random: z.boolean(),
  rtt_ms: z.number().nullable(),
  /** Null: not asked more than once. */
  loss_percent: z.number().nullable(),
  /** Time to live of its echo reply; null where none came. */
  ttl: z.int().nullable(),
  name: z.string().nullable(),
  ...identity.shape,
});
export type DiscoveredHost = z.infer<typeof host>;

/** A running sweep is stored as `running`; one that ended without a word (crash, power cut) stays so and is told as broken off. */
export const sweepEndings = ['running', 'finished', 'stopped', 'network_changed'] as const;
/** Lanbook's own sweep, or what another scanner saved. */
export const sweepSources = ['sweep', 'nmap', 'angry_ip'] as const;
export const sweepSummary = z.object({
  id: z.string(),
  source: z.enum(sweepSources),
  /** The file an imported one came from. */
  label: z.string().nullable(),
  cidrs: z.array(z.string()),
  effort: z.enum(['quick', 'thorough']),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  ending: z.enum(sweepEndings),
  /** Addresses whose question was settled, and all that were to be asked. */
  covered: z.int(),
  total: z.int(),
  found: z.int(),
  ping_missing: z.boolean(),
});
export type SweepSummary = z.infer<typeof sweepSummary>;

/** A sweep that was broken off may go on for a day: later its halves would be of two different networks. */
export const RESUME_WITHIN_MS = 24 * 3_600_000;
/** Whether there is a rest to ask. Another network behind the same addresses is told only when it is tried. */
export const canResume = (sweep: SweepSummary, now: number): boolean =>
  sweep.source === 'sweep' &&
  (sweep.ending !== 'finished' || sweep.covered < sweep.total) &&
  now - sweep.started_at <= RESUME_WITHIN_MS;
const counts = z.record(verdict, z.int());

const holder = z.object({
  id: z.string(),
  ip: z.string(),
  mac: z.string().nullable(),
  state: z.string(),
  person_id: z.string(),
  person: z.string(),
  location_id: z.string().nullable(),
  asset_id: z.string().nullable(),
  hostname: z.string().nullable(),
  switch_name: z.string().nullable(),
  switch_port: z.string().nullable(),
  place: z.string().nullable(),
});
export const foundFact = z.object({
  key: z.string(),
  verdict,
  ip: z.string(),
  mac: z.string().nullable(),
  macs: z.array(z.string()),
  /** Null when silent or unseen. */
  host: host.nullable(),
  /** Who holds this IP; who holds this MAC at another IP. */
  holder: holder.nullable(),
  other_holder: holder.nullable(),
  asset: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** For a silent or unseen one: in how many sweeps on end it was missed, and when this card was last seen there. */
  misses: z.int(),
  last_seen_at: z.number().nullable(),
  /** The live ticket at this address or about one of its devices, the one reported last. */
  ticket: z.object({ id: z.string(), number: z.string() }).nullable(),
  ignored: z.object({ id: z.string(), until: z.string(), reason: z.string() }).nullable(),
  ...factParts,
});
export type FoundFact = z.infer<typeof foundFact>;

export const sweepEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), sweep_id: z.string(), cidrs: z.array(z.string()), total: z.int() }),
  z.object({
    kind: z.literal('progress'),
    /** `identifying`: all addresses are settled; `asked` and `total` are then of hosts, and what they are. */
    phase: z.enum(['asking', 'waiting', 'identifying']),
    asked: z.int(),
    total: z.int(),
    found: z.int(),
  }),
  /** Told again when more is known of it. The verdict is of the whole address. */
  z.object({ kind: z.literal('host'), host, verdict }),
  z.object({ kind: z.literal('done'), sweep: sweepSummary, counts }),
]);
export type DiscoveryEvent = z.infer<typeof sweepEvent>;

export const sweepInput = z.object({
  /** Subnets or single addresses; empty means the laptop's own subnets. */
  cidrs: z.array(z.string().max(100)).max(64).default([]),
  effort: z.enum(['quick', 'thorough']).default('thorough'),
  /** Left out: of hosts that are asked what they are. Who only wants to know which hosts there are waits for no echo. */
  rtt: z.boolean().optional(),
  /** How much is asked of each host found. */
  identify: z.enum(identifyDepths).default('full'),
  /** The user said yes to more than 4,096 addresses. */
  confirmed: z.boolean().default(false),
  /** The sweep to go on with: its scope and effort count, and only its rest is asked. */
  resume: z.string().max(64).optional(),
  /** Nobody pressed a button: refused within five minutes of the last sweep of the same subnet. */
  automatic: z.boolean().default(false),
});

export const discoveryContract = {
  vendors: vendorsContract,
  ...findingCalls,
  /** The laptop's own private subnets. `suggested`: swept unless the user says otherwise. */
  interfaces: call.output(
    z.array(
      z.object({
        name: z.string(),
        address: z.string(),
        mac: z.string().nullable(),
        cidr: z.string(),
        /** What to sweep of it: the subnet, or the /24 around the own address where the subnet is too wide. */
        scope: z.string(),
        virtual: z.boolean(),
        suggested: z.boolean(),
        /** Why it is not: a tunnel leads to another site, a virtual card into this computer. */
        doubt: z.enum(['tunnel', 'virtual']).nullable(),
        subnet: z.string().nullable(),
      }),
    ),
  ),
  /** Streams until done. Leaving the stream stops the sweep; what was found stays. */
  sweep: call.input(sweepInput).output(eventIterator(sweepEvent)),
  /** Stops a running sweep from elsewhere (another window). False: there was none. */
  stop: call.output(z.object({ stopped: z.boolean() })),
  /** Newest first. */
  sweeps: call
    .input(z.object({ limit: z.int().min(1).max(500).default(50) }).default({ limit: 50 }))
    .output(z.array(sweepSummary)),
  /** A sweep (the last one, if none is named) against the register of today. Ignored ones only with `ignored`. */
  findings: call
    .input(
      z.object({ sweep_id: z.string().optional(), ignored: z.boolean().default(false) }).default({ ignored: false }),
    )
    .output(z.object({ sweep: sweepSummary.nullable(), counts, findings: z.array(foundFact) })),
  /** The same in pieces: thousands of findings in one answer would hold up the window while it reads them. */
  compared: call
    .input(z.object({ sweep_id: z.string().optional() }).default({}))
    .output(eventIterator(z.object({ sweep: sweepSummary.nullable(), findings: z.array(foundFact) }))),
  ignore: call
    .input(
      z.object({
        key: z.string().max(200),
        ip: z.string(),
        mac: z.string().nullable(),
        until: dayText,
        reason: z.string().trim().min(1).max(200),
      }),
    )
    .output(z.object({ id: z.string(), batch: z.string() })),
  /** Asked about again from now on. */
  notice: call.input(z.object({ id: z.string() })).output(z.object({ batch: z.string() })),
  /** The MAC of one live address (从ARP取), for the binding form. */
  lookUp: call
    .input(z.object({ ip: z.string().max(40) }))
    .output(z.object({ ip: z.string(), mac: z.string().nullable(), vendor: z.string().nullable() })),
};
