/** Console paste: what a switch printed, read offline into evidence (ARP, cards, neighbours) and, when told to, into the register of ports. */
import { z } from 'zod';
import { call } from '../call.ts';
import { idText } from '../record.ts';
import { foreigners } from './console/dialects.ts';
import { consoleTables, vendors } from './console/rows.ts';

/** Above what is read (console/clean.ts), so that a longer paste gets a sentence and not a schema error. */
const SENT = 12_000_000;
const order = z.object({
  text: z.string().max(SENT),
  /** Where nothing in the paste tells them. */
  vendor: z.enum(vendors).optional(),
  table: z.enum(consoleTables).optional(),
  /** Which switch a host name is, chosen by hand; '' for output without a prompt. */
  assets: z.record(z.string().max(80), idText).default({}),
  /** Proposals over entries of a person that are to be taken all the same: ids of ports. */
  accept: z.array(idText).max(2000).default([]),
});

const counts = z.object({ arp: z.int(), mac: z.int(), interfaces: z.int(), neighbours: z.int() });
export const portFields = ['vlan', 'speed', 'light', 'state'] as const;
const change = z.object({
  /** Null: a port that is still to be made. */
  id: z.string().nullable(),
  name: z.string(),
  /** `proposed`: a person wrote what is there now; it stays unless it is accepted. */
  kind: z.enum(['fresh', 'changed', 'proposed', 'same']),
  fields: z.array(
    z.object({
      field: z.enum(portFields),
      before: z.union([z.string(), z.number()]).nullable(),
      after: z.union([z.string(), z.number()]),
      /** By hand: not written with the rest. */
      proposed: z.boolean(),
    }),
  ),
});
export type PortChange = z.infer<typeof change>;
const pasted = z.object({
  /** As in the prompt; '' where there was none. */
  host: z.string(),
  vendor: z.enum(vendors).nullable(),
  asset: z.object({ id: z.string(), title: z.string(), ip: z.string().nullable() }).nullable(),
  /** Where the readings would be kept; null: no address of the switch is known, and only its ports can be written. */
  ip: z.string().nullable(),
  tables: counts,
  ports: z.array(change),
});
export type PastedSwitch = z.infer<typeof pasted>;
const preview = z.object({
  sections: z.array(
    z.object({
      vendor: z.enum(vendors).nullable(),
      table: z.enum(consoleTables),
      host: z.string().nullable(),
      line: z.int(),
      rows: z.int(),
    }),
  ),
  switches: z.array(pasted),
  /** The first of them, and how many there are. */
  unread: z.array(z.object({ line: z.int(), text: z.string() })),
  unread_count: z.int(),
  foreign: z.enum(foreigners).nullable(),
});
export type ConsolePreview = z.infer<typeof preview>;
const taken = z.object({
  /** Null: no port was written. */
  batch: z.string().nullable(),
  reads: z.array(z.string()),
  created: z.int(),
  changed: z.int(),
  proposed: z.int(),
});

export const consoleContract = {
  read: call.input(order).output(preview),
  take: call.input(order).output(taken),
  /** Takes back what one paste brought: the ports it wrote, as far as nobody changed them since, and its readings. */
  takeBack: call
    .input(z.object({ batch: z.string().max(80).nullable(), reads: z.array(idText).max(100) }))
    .output(z.object({ undone: z.int(), kept: z.int() })),
};
