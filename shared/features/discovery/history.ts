/** History of discovery: stored sweeps, two of them compared, one host over time, other scanners' files, and what may be purged when. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../../call.ts';
import { dayText } from '../../day.ts';
import { choice, day, flag, idText, instant, int, record } from '../../record.ts';
import { foundFact, host, sweepSources, sweepSummary } from '../discovery.ts';
import { portCandidate } from '../switches/candidate.ts';
import { fileEvent } from '../transfer.ts';

/** Evidence that a laptop keeps for a term and then may drop. Tickets, bindings, papers and the audit trail are none of it. */
export const evidenceClasses = ['sweeps', 'readings'] as const;
export type EvidenceClass = (typeof evidenceClasses)[number];
/** Law and seed ask six months of network logs (security.md 2.5): nothing younger is ever purged, whatever is asked. */
export const FLOOR_DAYS = 184;
/** Shared rooms ask for a year (source l.371), with a month to spare. */
export const defaultTerms: Readonly<Record<EvidenceClass, number>> = { sweeps: 400, readings: 400 };
export const LONGEST_TERM = 3660;

/** What was purged, by whom and up to which day: the trail of what is no longer there. */
export const evidencePurges = record(
  'evidence_purges',
  {
    class: choice(evidenceClasses, { required: true }),
    /** Everything before this day. */
    before: day({ required: true }),
    purged: int({ required: true }),
    at: instant({ required: true }),
    /** By itself, because the user once switched it on. */
    automatic: flag({ required: true }),
  },
  { appendOnly: true },
);

export const storedSweep = sweepSummary.extend({
  /** Never purged, because somebody said so. */
  kept: z.boolean(),
  /** The first day on which a purge may take it; null when it is kept for good. */
  until: z.string().nullable(),
});
export type StoredSweepSummary = z.infer<typeof storedSweep>;

export const changeKinds = ['moved', 'changed', 'appeared', 'gone'] as const;
export type ChangeKind = (typeof changeKinds)[number];
export const comparedFields = ['mac', 'name', 'vendor', 'kind', 'ports', 'proof'] as const;
export type ComparedField = (typeof comparedFields)[number];
const brief = host.pick({
  ip: true,
  mac: true,
  random: true,
  proof: true,
  vendor: true,
  name: true,
  kind: true,
  ports: true,
});
export type BriefHost = z.infer<typeof brief>;
export const sweepChange = z.object({
  kind: z.enum(changeKinds),
  /** Where it is now; where it was, if it is gone. */
  ip: z.string(),
  fields: z.array(z.enum(comparedFields)),
  before: brief.nullable(),
  after: brief.nullable(),
  /** Whose it is by the register of today: who holds the card, else the address. */
  holder: z.string().nullable(),
});
export type SweepChange = z.infer<typeof sweepChange>;
export const sweepDifference = z.object({
  before: storedSweep,
  after: storedSweep,
  counts: z.object({ moved: z.int(), changed: z.int(), appeared: z.int(), gone: z.int(), unchanged: z.int() }),
  /** Addresses that both sweeps settled. */
  common: z.int(),
  /** Hosts of one sweep at addresses that the other did not ask: nothing can be said of them. */
  incomparable: z.object({ before: z.int(), after: z.int() }),
  changes: z.array(sweepChange),
});
export type SweepDifference = z.infer<typeof sweepDifference>;

/** What saw it: a sweep, a file of another scanner, the ARP table of a router, the forwarding table of a switch. */
export const sightingSources = [...sweepSources, 'snmp_arp', 'forwarding'] as const;
export type SightingSource = (typeof sightingSources)[number];
export const interval = z.object({
  /** Null where only the card was seen (forwarding table). */
  ip: z.string().nullable(),
  mac: z.string().nullable(),
  random: z.boolean(),
  source: z.enum(sightingSources),
  /** The device that told it, and its port. */
  device: z.string().nullable(),
  port: z.string().nullable(),
  name: z.string().nullable(),
  first_at: z.number(),
  last_at: z.number(),
  times: z.int(),
  /** The newest sweep of it; null for what a device told. */
  sweep_id: z.string().nullable(),
});
export type Interval = z.infer<typeof interval>;

const about = z.object({ address: z.string().min(1).max(60) });
export const hostPage = z.object({
  /** What was asked for, as it is written everywhere. */
  ip: z.string().nullable(),
  mac: z.string().nullable(),
  random: z.boolean(),
  /** The newest sighting by a sweep or a file. */
  now: z.object({ host, sweep: sweepSummary, at: z.number() }).nullable(),
  /** The last sweep that asked this address, answered or not. */
  asked: z.object({ sweep: sweepSummary, answered: z.boolean() }).nullable(),
  first_seen_at: z.number().nullable(),
  last_seen_at: z.number().nullable(),
  times: z.int(),
  subnet: z.object({ id: z.string(), name: z.string(), cidr: z.string() }).nullable(),
  /** It can be asked again from here: a private address. */
  askable: z.boolean(),
  bindings: z.array(
    z.object({
      id: z.string(),
      ip: z.string(),
      mac: z.string().nullable(),
      state: z.string(),
      person: z.object({ id: z.string(), title: z.string() }),
      place: z.string().nullable(),
      asset: z.object({ id: z.string(), title: z.string() }).nullable(),
      hostname: z.string().nullable(),
      switch_name: z.string().nullable(),
      switch_port: z.string().nullable(),
      outlet: z.string().nullable(),
      opened_on: z.string().nullable(),
    }),
  ),
  assets: z.array(z.object({ id: z.string(), title: z.string(), place: z.string().nullable() })),
  ticket: z.object({ id: z.string(), number: z.string() }).nullable(),
  ports: z.array(portCandidate),
});
export type HostPage = z.infer<typeof hostPage>;

/** Why lines of a scanner's file were left out. */
export const scanDrops = [
  'no_address',
  'ipv6',
  'public',
  'dead',
  'assumed',
  'repeated',
  'bad_mac',
  'too_many',
] as const;
export type ScanDrop = (typeof scanDrops)[number];
export const scanPreview = z.object({
  upload: z.string(),
  name: z.string(),
  source: z.enum(['nmap', 'angry_ip']),
  format: z.enum(['xml', 'csv', 'txt']),
  /** When it was scanned; null: the file does not say, and the user may. */
  started_at: z.number().nullable(),
  scope: z.array(z.string()),
  /** Addresses the file settles. */
  covered: z.int(),
  hosts: z.int(),
  with: z.object({ mac: z.int(), name: z.int(), ports: z.int() }),
  dropped: z.array(z.object({ why: z.enum(scanDrops), n: z.int(), examples: z.array(z.string()) })),
  /** The scan was broken off, or the file ends too early. */
  partial: z.boolean(),
  sample: z.array(brief),
});
export type ScanPreview = z.infer<typeof scanPreview>;

export const retention = z.object({
  terms: z.object({ sweeps: z.int(), readings: z.int() }),
  automatic: z.boolean(),
  classes: z.array(
    z.object({
      class: z.enum(evidenceClasses),
      /** What is there in all, since when, and how much of it a purge would take today. */
      total: z.int(),
      oldest_at: z.number().nullable(),
      before: z.string(),
      due: z.int(),
    }),
  ),
  kept: z.int(),
  /** The computer's clock leapt, so that no purge runs until the date is confirmed: the last time that was sure. */
  leapt: z.object({ from: z.number(), to: z.number() }).nullable(),
  last: z.object({ at: z.number(), purged: z.int() }).nullable(),
});
export type Retention = z.infer<typeof retention>;
const term = z.int().min(FLOOR_DAYS).max(LONGEST_TERM);

export const historyContract = {
  /** Newest first. `before` is the `started_at` of the last one of the page before. */
  sweeps: call
    .input(
      z
        .object({
          limit: z.int().min(1).max(200).default(100),
          before: z.object({ started_at: z.number(), id: idText }).optional(),
          source: z.enum(sweepSources).optional(),
        })
        .prefault({}),
    )
    .output(z.object({ sweeps: z.array(storedSweep), total: z.int() })),
  keep: call.input(z.object({ id: idText, kept: z.boolean() })).output(z.object({ kept: z.boolean() })),
  /** An imported sweep may be taken out again; own sweeps leave by their term only. */
  drop: call.input(z.object({ id: idText })).output(z.object({ dropped: z.int() })),
  compare: call.input(z.object({ before: idText, after: idText })).output(sweepDifference),
  /** The comparison as a workbook: the rows that the screen shows. */
  sheet: call
    .input(
      z.object({
        before: idText,
        after: idText,
        only: z.enum(changeKinds).optional(),
        text: z.string().max(100).default(''),
      }),
    )
    .output(eventIterator(fileEvent)),
  /** Sightings of one IP or MAC, newest first. `before` is `next` of the page before. */
  sightings: call
    .input(about.extend({ before: z.number().optional() }))
    .output(z.object({ intervals: z.array(interval), next: z.number().nullable() })),
  host: call.input(about).output(hostPage),
  /** What the last sweep that asked it says of it against the register of today: the whole sweep is judged for it. */
  finding: call.input(about).output(z.object({ sweep_id: z.string().nullable(), finding: foundFact.nullable() })),
  /** Addresses and cards that only sightings know, by a piece of an IP or MAC: for the search box. */
  find: call
    .input(z.object({ text: z.string().max(60), limit: z.int().min(1).max(20).default(5) }))
    .output(
      z.array(z.object({ ip: z.string(), mac: z.string().nullable(), name: z.string().nullable(), at: z.number() })),
    ),
  ping: call
    .input(z.object({ ip: z.string().max(40), count: z.int().min(1).max(10).default(4) }))
    .output(z.object({ missing: z.boolean(), rtt_ms: z.number().nullable(), loss_percent: z.number() })),
  /** The dry run of a scanner's file that `transfer.upload` brought. */
  readScan: call.input(z.object({ upload: idText })).output(scanPreview),
  importScan: call
    .input(z.object({ upload: idText, started_at: z.number().optional() }))
    .output(z.object({ sweep: storedSweep })),
  retention: call.output(retention),
  setRetention: call
    .input(z.object({ terms: z.object({ sweeps: term, readings: term }), automatic: z.boolean() }))
    .output(retention),
  /** The user looked at the date and says that it is right. */
  confirmDate: call.input(z.object({ today: dayText })).output(retention),
  purge: call.output(
    eventIterator(
      z.discriminatedUnion('is', [
        z.object({ is: z.literal('progress'), done: z.int(), total: z.int() }),
        z.object({
          is: z.literal('done'),
          purged: z.object({ sweeps: z.int(), readings: z.int() }),
        }),
      ]),
    ),
  ),
};
