/** Topology (R-37, R-38; form F-07): network devices and what joins them, laid out in layers, with places that were set by hand. */
import { z } from 'zod';
import { call } from '../call.ts';
import { int, record, ref, idText } from '../record.ts';
import { cableMedia } from './cabling.ts';
import { documents } from './documents.ts';
import { paper } from '../paper.ts';

/** Furthest place on the drawing, in its own units; a screen has some 1,400. */
export const FAR = 100_000;
/** Where a device was put by hand. One for each; of two that laptops made, the newer counts. */
export const topologyNodes = record(
  'topology_nodes',
  {
    asset_id: ref('assets', { required: true }),
    x: int({ required: true, min: -FAR, max: FAR }),
    y: int({ required: true, min: -FAR, max: FAR }),
  },
  { since: 2 },
);

/** From the way out of the unit down to what users see. */
export const layers = ['edge', 'core', 'aggregation', 'access', 'end'] as const;
export type Layer = (typeof layers)[number];
/** What says that a link is there: LLDP or CDP of the devices, the register of cables, or cards that pass (forwarding tables). */
export const proofs = ['lldp', 'cable', 'forwarding'] as const;
export type Proof = (typeof proofs)[number];

const node = z.object({
  /** Of the asset; `~name` for a device that LLDP names and the register does not know. */
  id: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  model: z.string().nullable(),
  ip: z.string().nullable(),
  /** Path of its place; null: not told. */
  place: z.string().nullable(),
  building: z.string().nullable(),
  layer: z.enum(layers),
  /** Computers and other ends behind it that are drawn as a number. */
  endpoints: z.int(),
  /** Joined to nothing that is known. */
  alone: z.boolean(),
  /** Its loss cuts others off. */
  spof: z.boolean(),
  x: z.number(),
  y: z.number(),
  pinned: z.boolean(),
});
export type TopologyNode = z.infer<typeof node>;
const linkSchema = z.object({
  id: z.string(),
  a: z.string(),
  b: z.string(),
  a_port: z.string().nullable(),
  b_port: z.string().nullable(),
  medium: z.enum(cableMedia).nullable(),
  speed_mbps: z.number().nullable(),
  /** Null: not read. */
  up: z.boolean().nullable(),
  trunk: z.boolean(),
  label: z.string().nullable(),
  /** A second way stands beside it, by the record of the cable. */
  redundant: z.boolean(),
  proofs: z.array(z.enum(proofs)),
  /** The devices say another end than the register of cables: who, and at which port. */
  conflict: z.string().nullable(),
  /** The only way between its ends. */
  bridge: z.boolean(),
});
export type TopologyLink = z.infer<typeof linkSchema>;
export const topologyMap = z.object({ nodes: z.array(node), links: z.array(linkSchema) });
export type TopologyMap = z.infer<typeof topologyMap>;

const revision = z.object({
  id: z.string(),
  number: z.string(),
  version: z.int(),
  made_at: z.number(),
  author: z.string(),
  nodes: z.int(),
  links: z.int(),
});
export type TopologyRevision = z.infer<typeof revision>;
const line = z.object({ a: z.string(), a_port: z.string().nullable(), b: z.string(), b_port: z.string().nullable() });

export const topologyContract = {
  map: call.output(z.object({ ...topologyMap.shape, buildings: z.array(z.string()), revision: revision.nullable() })),
  /** Places set by hand, in one commit. */
  pin: call
    .input(
      z.object({
        places: z
          .array(z.object({ id: idText, x: z.number(), y: z.number() }))
          .min(1)
          .max(400),
      }),
    )
    .output(z.object({ pinned: z.int(), batch: z.string() })),
  /** Back to the automatic layout; no ids: all of them. */
  unpin: call.input(z.object({ ids: z.array(idText).max(400).default([]) })).output(z.object({ unpinned: z.int() })),
  /** Freezes a revision; where nothing changed since the last, that one is given again. */
  freeze: call.output(z.object({ document: documents.row, version: z.int(), fresh: z.boolean() })),
  revisions: call.output(z.array(revision)),
  /** What came and went from one revision to another; `to` null: to what is known now. */
  compare: call.input(z.object({ from: idText, to: idText.nullable() })).output(
    z.object({
      added: z.array(line),
      removed: z.array(line),
      nodes_added: z.array(z.string()),
      nodes_removed: z.array(z.string()),
    }),
  ),
  /** The paper as it would be frozen now, without a number: for the file of the drawing. */
  paper: call.output(paper),
};
