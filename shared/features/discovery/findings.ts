/** What a finding rests on, how findings are settled (alone or in groups), and the rules a sweep is judged by. */
import { z } from 'zod';
import { call } from '../../call.ts';
import { dayText } from '../../day.ts';
import { idText } from '../../record.ts';
import { assetCategories, assets } from '../assets.ts';
import { opening, tickets } from '../tickets.ts';
import { faultCategories } from '../tickets/faults.ts';
import { nameSources } from './identity.ts';
import { namingRules } from './naming.ts';
import { verdicts } from './verdicts.ts';

/** How a host showed that it lives; `cache` is no proof, only a memory of the kernel's. */
export const proofs = ['self', 'arp', 'udp', 'icmp', 'tcp', 'cache'] as const;
/**
 * - sweep: this sweep saw the host. earlier: a sweep of the day before saw another card there.
 * - router: a router's ARP table, read by SNMP. port: a switch's forwarding table. name: a name the host told.
 * - asked: asked and not answered (of a silent one). register: what the register says.
 */
export const evidenceSources = ['sweep', 'earlier', 'router', 'port', 'name', 'asked', 'register'] as const;
export const seenBy = z.object({
  source: z.enum(evidenceSources),
  /** When it was seen; null where the register says it. */
  at: z.number().nullable(),
  ip: z.string().nullable(),
  mac: z.string().nullable(),
  proof: z.enum(proofs).nullable(),
  /** Name of the router or switch that tells it. */
  device: z.string().nullable(),
  port: z.string().nullable(),
  name: z.string().nullable(),
  name_source: z.enum(nameSources).nullable(),
  /** Of `asked`: how often on end nobody answered. */
  times: z.int().nullable(),
});
export type SeenBy = z.infer<typeof seenBy>;

const place = z.object({ switch_name: z.string(), switch_port: z.string() });
/** Parts of a fact that not every verdict has. */
export const factParts = {
  /** What else is wrong with it: less grave than `verdict`, gravest first. */
  also: z.array(z.object({ verdict: z.enum(verdicts), key: z.string() })),
  evidence: z.array(seenBy),
  /** The edge port the switches see this card at, where it differs from the binding's or the binding has none. */
  port: place.extend({ at: z.number(), registered: place.nullable(), asset_id: z.string().nullable() }).nullable(),
  /** The rule its name breaks, and where: after `at` characters one of `wanted` should stand (empty: it should end there). */
  naming: z
    .object({
      name: z.string(),
      rule_id: z.string(),
      label: z.string(),
      pattern: z.string(),
      at: z.int(),
      wanted: z.array(z.string()),
    })
    .nullable(),
  /** Other addresses where the same card was seen in this sweep. */
  other_ips: z.array(z.string()),
};

export const acceptActions = ['bind', 'register', 'ticket', 'ignore', 'port', 'hostname', 'card', 'move'] as const;
export type AcceptAction = (typeof acceptActions)[number];

/** What a person adds: for one row, or for all that say nothing themselves. */
const given = z.object({
  person_id: idText.nullish(),
  location_id: idText.nullish(),
  category: z.enum(assetCategories).nullish(),
  name: z.string().trim().max(100).nullish(),
});
/** Several sweeps of a /20 fit. */
const MOST_ROWS = 5000;
export const acceptOrder = z.object({
  sweep_id: idText,
  /**
   * - bind: to a person (activates a reservation). register: as an asset. ticket: one each or one for all. ignore: until a day.
   * - port, hostname: what was seen goes into the binding. card: the binding gets the card seen. move: the binding gets the address seen.
   */
  action: z.enum(acceptActions),
  rows: z
    .array(
      given.extend({
        key: z.string().max(200),
        /** From the preview: when the finding is no longer what was shown, the row is refused. Without one it is taken as it is now. */
        stamp: z.string().max(64).nullish(),
      }),
    )
    .min(1)
    .max(MOST_ROWS),
  all: given.default({}),
  /** Ignore, card and move ask for one; of the others it stays in the history. */
  reason: z.string().trim().max(200).nullish(),
  /** Of `ignore`. */
  until: dayText.nullish(),
  /** Of `ticket`: one for each finding, or one about all of them. */
  tickets: z.enum(['each', 'one']).default('each'),
  ticket_category: z.enum(faultCategories).nullish(),
  /** Of one ticket about all: its symptom; put together from the findings when left out. */
  symptom: z.string().trim().max(1000).nullish(),
});
export type AcceptOrder = z.infer<typeof acceptOrder>;

/** A refusal as a value; `refusal.<code>` words it. */
const advice = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export const acceptRow = z.object({
  key: z.string(),
  ip: z.string(),
  mac: z.string().nullable(),
  verdict: z.enum(verdicts),
  /** Goes back with `accept`. */
  stamp: z.string(),
  /** What would be written, in order: `bindings.switch_port` is worded by `field.bindings.switch_port`; values as people read them. */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** Null: it goes through. */
  refused: advice.nullable(),
});
export type AcceptRow = z.infer<typeof acceptRow>;
const settled = z.object({ ready: z.int(), refused: z.int() });

const byId = z.object({ id: idText });
const undoable = z.object({ batch: z.string() });
/** The rule as it is now, and the batch that `system.undo` takes back. */
const changed = namingRules.row.and(undoable);
const refs = z.record(z.string(), z.string());

/** Part of `discoveryContract`. */
export const findingCalls = {
  /** The dry run: the very commands of `accept`, taken back before they are kept. One row for each that was asked, in that order. */
  preview: call.input(acceptOrder).output(z.object({ rows: z.array(acceptRow), counts: settled })),
  /**
   * Settles a group as one batch, undone as one. Rows that are refused (the finding changed since the preview, the address went to
   * somebody else) stay as they were and come back with the reason; the others go through. Nothing went through: `batch` is null.
   */
  accept: call.input(acceptOrder).output(
    z.object({
      batch: z.string().nullable(),
      counts: settled,
      /** Only the refused ones. */
      refused: z.array(acceptRow),
      tickets: z.array(z.object({ id: z.string(), number: z.string() })),
    }),
  ),
  /** One find, as typed into its form: as `assets.create` and `tickets.open`, with the batch that `system.undo` takes back. */
  register: call.input(assets.draft).output(assets.row.and(undoable)),
  report: call.input(opening).output(tickets.row.and(undoable)),
  namingRules: call.output(z.object({ rules: z.array(namingRules.row), refs })),
  createNamingRule: call.input(namingRules.draft).output(changed),
  updateNamingRule: call.input(byId.extend({ changes: namingRules.patch })).output(changed),
  removeNamingRule: call.input(byId).output(undoable),
  /** After how many sweeps on end in vain a registered address counts as silent; before that it is `unseen`. Of this laptop. */
  silence: call.output(z.object({ after: z.int() })),
  setSilence: call.input(z.object({ after: z.int().min(1).max(10) })).output(z.object({ after: z.int() })),
};
