/** Watch: devices that are asked again and again whether they are there, and the morning check of all of them at once. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { choice, idText, int, ip, note, record, ref, text } from '../record.ts';
import { dutyEntries } from './duty.ts';

export const watchKinds = ['gateway', 'core', 'server', 'ap', 'printer', 'camera', 'other'] as const;
export type WatchKind = (typeof watchKinds)[number];

/** Every echo is a process of its own: 64 devices at 5 s are 13 a second, 6 % of one core (measured on Linux). */
export const MOST_WATCHED = 64;
export const DEFAULT_INTERVAL_S = 5;
/** What the sparkline shows. */
export const PROBES_KEPT = 60;
/** Quarters of an hour in the availability bar of a day. */
export const SLOTS = 96;

export const watchedDevices = record('watched_devices', {
  ip: ip({ required: true, class: 'C' }),
  name: text({ required: true, max: 100 }),
  kind: choice(watchKinds, { required: true }),
  asset_id: ref('assets'),
  location_id: ref('locations'),
  /** Seconds between two questions; 5 when nothing is said. */
  interval_s: int({ min: 1, max: 3600 }),
  remark: note({ class: 'A' }),
});

export const watchStates = ['unknown', 'up', 'down'] as const;
export type WatchState = (typeof watchStates)[number];
/** `elsewhere`: on a network that is neither registered nor one the watch was started in. */
export const networkStates = ['ready', 'gone', 'elsewhere'] as const;

const rtt = z.number().nullable();
const liveDevice = z.object({
  id: z.string(),
  name: z.string(),
  ip: z.string(),
  state: z.enum(watchStates),
  /** Of the state, ms UTC; null while nothing is known. */
  since: z.number().nullable(),
  /** Oldest first, at most 60; null = no answer. Milliseconds. */
  probes: z.array(rtt),
});
export type LiveDevice = z.infer<typeof liveDevice>;
const change = z.object({ id: z.string(), state: z.enum(watchStates), since: z.number().nullable() });
export type WatchChange = z.infer<typeof change>;
const situation = {
  network: z.enum(networkStates),
  /** The own subnets, told with `elsewhere`. */
  here: z.array(z.string()),
  ping_missing: z.boolean(),
};
export const watchEvent = z.discriminatedUnion('kind', [
  /** Everything that is watched now; told first, and whenever that changes. */
  z.object({ kind: z.literal('all'), ...situation, devices: z.array(liveDevice) }),
  /** A few times a second: the answers since the last one, and which states changed by them. */
  z.object({
    kind: z.literal('tick'),
    ...situation,
    probes: z.array(z.object({ id: z.string(), rtts: z.array(rtt) })),
    changes: z.array(change),
  }),
]);
export type WatchEvent = z.infer<typeof watchEvent>;

const day = z.object({
  id: z.string(),
  /** Quarter hours, oldest first: minutes with an answer, and minutes watched. */
  slots: z.array(z.tuple([z.int(), z.int()])),
  up: z.int(),
  seen: z.int(),
});
export type WatchDay = z.infer<typeof day>;
const hour = z.object({
  /** Start of the hour, ms UTC. */
  at: z.number(),
  minutes: z.int(),
  sent: z.int(),
  lost: z.int(),
  min_ms: rtt,
  avg_ms: rtt,
  max_ms: rtt,
});
export type WatchHour = z.infer<typeof hour>;
const outage = z.object({
  id: z.int(),
  /** Null: the laptop's own network. */
  device_id: z.string().nullable(),
  name: z.string(),
  ip: z.string().nullable(),
  began_at: z.number(),
  ended_at: z.number().nullable(),
  /** `unknown`: nobody was watching when it ended. Null while it lasts. */
  ending: z.enum(['up', 'unknown']).nullable(),
});
export type Outage = z.infer<typeof outage>;

export const checkStates = ['ok', 'lossy', 'down'] as const;
export type CheckState = (typeof checkStates)[number];
const checkTarget = z.object({
  ip: z.string(),
  name: z.string(),
  kind: z.enum(watchKinds),
  device_id: z.string().nullable(),
  asset_id: z.string().nullable(),
  location_id: z.string().nullable(),
});
export type CheckTarget = z.infer<typeof checkTarget>;
const checkResult = checkTarget.extend({
  state: z.enum(checkStates),
  /** How it showed that it lives; null when it did not. */
  how: z.enum(['icmp', 'tcp']).nullable(),
  rtt_ms: rtt,
  loss_percent: rtt,
});
export type CheckResult = z.infer<typeof checkResult>;
/** A result beside that of the last check of an earlier day. */
const comparedResult = checkResult.extend({ before: z.enum(checkStates).nullable() });
export type ComparedResult = z.infer<typeof comparedResult>;
const check = z.object({
  id: z.string(),
  began_at: z.number(),
  ended_at: z.number(),
  complete: z.boolean(),
  total: z.int(),
  /** Troubles first, of these the new ones first. */
  results: z.array(comparedResult),
  /** When the check it is compared with was made. */
  compared_at: z.number().nullable(),
  ping_missing: z.boolean(),
  /** The entry of the duty log it was written into. */
  entry_id: z.string().nullable(),
});
export type Check = z.infer<typeof check>;
export const checkEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), total: z.int() }),
  z.object({ kind: z.literal('result'), result: checkResult, done: z.int() }),
  z.object({ kind: z.literal('done'), check }),
]);
export type CheckEvent = z.infer<typeof checkEvent>;

const suggestion = z.object({
  device: watchedDevices.draft,
  why: z.enum(['gateway', 'asset']),
  /** The subnet it is the gateway of; where the asset stands. */
  note: z.string(),
});
const batch = z.object({ batch: z.string() });
const which = z.object({ ids: z.array(idText).max(MOST_WATCHED).optional() }).default({});

export const watchContract = {
  /** `on`: watched by this laptop. */
  list: call.output(
    z.object({
      devices: z.array(watchedDevices.row),
      refs: z.record(z.string(), z.string()),
      on: z.array(z.string()),
      auto_log: z.boolean(),
    }),
  ),
  create: call.input(watchedDevices.draft).output(watchedDevices.row),
  update: call.input(z.object({ id: idText, changes: watchedDevices.patch })).output(watchedDevices.row),
  remove: call.input(z.object({ id: idText })).output(batch),
  /** Gateways of registered subnets and network equipment with an address, that are not watched yet. */
  suggest: call.output(z.array(suggestion)),
  addAll: call
    .input(z.object({ devices: z.array(watchedDevices.draft).min(1).max(MOST_WATCHED) }))
    .output(z.object({ added: z.int(), batch: z.string() })),

  /** All of them when none are named. `here`: also on this network, which the notebook does not know. */
  start: call
    .input(
      z
        .object({ ids: z.array(idText).max(MOST_WATCHED).optional(), here: z.boolean().default(false) })
        .default({ here: false }),
    )
    .output(z.object({ watching: z.int() })),
  stop: call.input(which).output(z.object({ watching: z.int() })),
  live: call.output(eventIterator(watchEvent)),
  /** The last 24 hours of every device. */
  days: call.output(z.array(day)),
  /** By the hour, oldest first; hours without a single question are left out. */
  hours: call
    .input(
      z.object({
        id: idText,
        hours: z
          .int()
          .min(1)
          .max(24 * 7),
      }),
    )
    .output(z.object({ from: z.number(), to: z.number(), hours: z.array(hour) })),
  /** Newest first. */
  outages: call
    .input(z.object({ id: idText.optional(), limit: z.int().min(1).max(500).default(100) }).default({ limit: 100 }))
    .output(z.array(outage)),
  /** The last 24 hours in words, into the duty log. */
  log: call.output(dutyEntries.row),

  /** The morning check. Streams until done; leaving the stream stops it, and what was asked so far is kept as incomplete. */
  check: call.output(eventIterator(checkEvent)),
  lastCheck: call.output(check.nullable()),
  /** Into the duty log, once. */
  logCheck: call.input(z.object({ id: idText })).output(dutyEntries.row),
  /** Whether each complete morning check is written into the duty log by itself. */
  setAutoLog: call.input(z.object({ on: z.boolean() })).output(z.object({ on: z.boolean() })),
};
