/** The calls of cabling. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../../call.ts';
import { dayText } from '../../day.ts';
import { history } from '../../history.ts';
import { listOf, listQuery } from '../../list.ts';
import { idText } from '../../record.ts';
import { cables, outlets, panels, panelSides, portStates, switchPorts } from '../cabling.ts';
import { documents } from '../documents.ts';
import { fileEvent } from '../transfer.ts';

/** More than any switch has; a mistyped 480 instead of 48 is refused. */
export const MAX_PORTS = 256;

const batched = z.object({ changed: z.int(), batch: z.string() });
const named = z.object({ id: z.string(), title: z.string() });
const counts = z.record(z.enum(portStates), z.int());

const switchLine = z.object({
  id: z.string(),
  title: z.string(),
  model: z.string().nullable(),
  place: z.string(),
  ports: z.int(),
  counts,
  /** Day of the oldest test among its ports in use; null when one of them was never tested, or none is in use. */
  tested_since: z.string().nullable(),
});
export type SwitchLine = z.infer<typeof switchLine>;

/** A port with what is known to lie behind it. */
const facePort = z.object({
  port: switchPorts.row,
  cable: z.object({ id: z.string(), label: z.string().nullable() }).nullable(),
  /** What its cable leads to: a place on a panel, an outlet, another port. */
  far: z.string().nullable(),
  outlet: named.nullable(),
  room: z.string().nullable(),
  people: z.array(z.object({ binding: z.string(), name: z.string(), ip: z.string() })),
  ticket: z.string().nullable(),
  /** Days since the last test; null when never tested. */
  age: z.int().nullable(),
});
export type FacePort = z.infer<typeof facePort>;

const endDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['port', 'outlet', 'asset']), id: idText }),
  z.object({ kind: z.literal('panel'), id: idText, position: z.int().min(1), side: z.enum(panelSides) }),
]);

const endShown = z.object({ text: z.string(), place: z.string() }).nullable();
const cableLine = z.object({
  cable: cables.row,
  a: endShown,
  b: endShown,
  /** Null: nothing was read on it yet. */
  correct: z.boolean().nullable(),
});
export type CableLine = z.infer<typeof cableLine>;

/** One key each: right and clear, wrong, blurred, missing, fallen off, not checked. */
export const verdicts = ['right', 'wrong', 'blurred', 'missing', 'fallen', 'unchecked'] as const;
export type Verdict = (typeof verdicts)[number];

const panelLine = z.object({ panel: panels.row, place: z.string(), rear: z.int(), front: z.int() });
export type PanelLine = z.infer<typeof panelLine>;
const taken = z
  .object({ cable: z.string(), label: z.string().nullable(), far: z.string().nullable(), ok: z.boolean() })
  .nullable();
const panelPlace = z.object({ position: z.int(), front: taken, rear: taken });
export type PanelPlace = z.infer<typeof panelPlace>;

export const mapTargets = ['outlets', 'ports'] as const;
const mapProblems = ['panel_taken', 'target_taken', 'no_target', 'label_taken'] as const;
const mapRow = z.object({
  position: z.int(),
  target: z.string(),
  label: z.string(),
  /** Made with it: an outlet that is not on record yet. */
  fresh: z.boolean(),
  /** Null: it can be joined. */
  problem: z.enum(mapProblems).nullable(),
  /** The cable that is in the way. */
  holder: z.string().nullable(),
});
export type MapRow = z.infer<typeof mapRow>;

/** Presets of label sheets: on A4, on tape of a label printer, or for wrapping around the cable. */
export const labelSheets = ['a4_3x8', 'a4_wrap', 'tape_12', 'tape_24'] as const;
export type LabelSheet = (typeof labelSheets)[number];

const hop = z.object({
  kind: z.enum(['person', 'device', 'outlet', 'panel', 'port', 'uplink']),
  /** Null: nothing is known here. */
  title: z.string().nullable(),
  detail: z.string(),
  /** Route of the record; null for bare words. */
  route: z.string().nullable(),
  /** `words`: written in the binding, and not on record as a port or outlet. */
  from: z.enum(['register', 'words', 'gap']),
  /** Label of the cable that leads on from here. */
  cable: z.string().nullable(),
  /** What the binding says instead, where the two differ. */
  other: z.string().nullable(),
  /** Known to be broken. */
  bad: z.boolean(),
});
export type Hop = z.infer<typeof hop>;
/** A place with more than one cable: two laptops recorded it while they were offline. The one made first is in front. */
const doubled = z.object({
  place: z.string(),
  where: z.string(),
  cables: z.array(
    z.object({
      id: z.string(),
      label: z.string().nullable(),
      /** The end that is in this place. */
      end: z.enum(['a', 'b']),
      far: z.string().nullable(),
      /** Who put that end there, and when; null where the log does not reach back. */
      by: z.string().nullable(),
      at: z.int().nullable(),
    }),
  ),
});
export type Doubled = z.infer<typeof doubled>;
const trace = z.object({ hops: z.array(hop), doubled: z.array(doubled), line: z.string() });
export type Trace = z.infer<typeof trace>;

export const traceStarts = ['person', 'binding', 'asset', 'outlet', 'port', 'ticket'] as const;
export type TraceStart = (typeof traceStarts)[number];

const switchesAsked = z.object({ asset_ids: z.array(idText).max(200).default([]) });
const closetsAsked = z.object({ location_ids: z.array(idText).max(200).default([]) });

export const cablingContract = {
  /** Switches on record, with how their ports are. */
  switches: call.output(z.array(switchLine)),
  faceplate: call.input(z.object({ asset_id: idText })).output(
    z.object({
      switch: named.extend({ place: z.string(), location_id: z.string().nullable() }),
      ports: z.array(facePort),
    }),
  ),
  /** `GE1/0/` and 1 to 48. Names that the switch has already are refused. */
  makePorts: call
    .input(
      z.object({
        asset_id: idText,
        prefix: z.string().trim().min(1).max(34),
        from: z.int().min(0).max(999),
        to: z.int().min(0).max(999),
      }),
    )
    .output(batched),
  updatePort: call.input(z.object({ id: idText, changes: switchPorts.patch })).output(switchPorts.row),
  removePort: call.input(z.object({ id: idText })).output(batched),
  /** Results of a line like `1-24 正常，今天，测线仪` (bulk.ts). */
  testPorts: call.input(z.object({ asset_id: idText, line: z.string().max(200) })).output(batched),
  portHistory: call.input(z.object({ id: idText })).output(history),

  listOutlets: call.input(listQuery).output(listOf(outlets)),
  getOutlet: call.input(z.object({ id: idText })).output(z.object({ outlet: outlets.row, place: z.string() })),
  createOutlet: call.input(outlets.draft).output(outlets.row),
  updateOutlet: call.input(z.object({ id: idText, changes: outlets.patch })).output(outlets.row),
  removeOutlet: call.input(z.object({ id: idText })).output(batched),
  /** `C201-` and 1 to 60 in a room. */
  makeOutlets: call
    .input(
      z.object({
        location_id: idText,
        prefix: z.string().trim().min(1).max(34),
        from: z.int().min(1).max(999),
        to: z.int().min(1).max(999),
      }),
    )
    .output(batched),

  panels: call.output(z.array(panelLine)),
  panel: call
    .input(z.object({ id: idText }))
    .output(z.object({ panel: panels.row, place: z.string(), places: z.array(panelPlace) })),
  /** What to fill in for a new panel of a closet. */
  suggestPanel: call.input(z.object({ location_id: idText })).output(z.object({ code: z.string(), name: z.string() })),
  createPanel: call.input(panels.draft).output(panels.row),
  updatePanel: call.input(z.object({ id: idText, changes: panels.patch })).output(panels.row),
  removePanel: call.input(z.object({ id: idText })).output(batched),
  /** Joins a run of places on a panel with outlets (rear) or switch ports (front). `dry`: only says what it would do. */
  map: call
    .input(
      z.object({
        panel_id: idText,
        range: z.string().max(60),
        target: z.enum(mapTargets),
        /** Outlets: their room. Ports: the switch. */
        target_id: idText,
        /** Outlets: what stands before their number. */
        prefix: z.string().trim().max(34).default(''),
        target_range: z.string().max(60),
        dry: z.boolean(),
      }),
    )
    .output(z.object({ rows: z.array(mapRow), batch: z.string().nullable() })),

  /** Cables with an end in a closet, in the order of its panels. */
  cables: call.input(z.object({ location_id: idText })).output(z.array(cableLine)),
  getCable: call.input(z.object({ id: idText })).output(cableLine),
  createCable: call.input(z.object({ a: endDraft, b: endDraft.nullable(), values: cables.draft })).output(cables.row),
  /** An end left out stays as it is. */
  updateCable: call
    .input(z.object({ id: idText, changes: cables.patch, a: endDraft.nullish(), b: endDraft.nullish() }))
    .output(cables.row),
  removeCable: call.input(z.object({ id: idText })).output(batched),
  verdict: call
    .input(z.object({ id: idText, verdict: z.enum(verdicts), found: z.string().trim().max(60).optional() }))
    .output(batched),
  /** Places with more than one cable. */
  breaches: call.output(z.array(doubled)),
  /** Closets and racks that have panels, switches with ports, or cables, with how their labels are. */
  closets: call.output(
    z.array(
      named.extend({
        cables: z.int(),
        checked: z.int(),
        wrong: z.int(),
        illegible: z.int(),
        checked_since: dayText.nullable(),
      }),
    ),
  ),

  trace: call.input(z.object({ start: z.enum(traceStarts), id: idText })).output(z.array(trace)),
  /** Where a trace may begin, for what was typed: a person, IP, outlet, label of a cable, device, or switch and port (`SW-B1-1 GE1/0/3`). */
  traceFrom: call
    .input(z.object({ text: z.string().trim().min(1).max(100) }))
    .output(z.array(z.object({ start: z.enum(traceStarts), id: z.string(), title: z.string(), detail: z.string() }))),

  /** F-05: a switch on each page; every switch that has ports when none is named. */
  printPorts: call.input(switchesAsked).output(documents.row),
  /** The same as a workbook, a sheet a switch, under the number and version of the paper that is frozen with it. */
  portsBook: call.input(switchesAsked).output(eventIterator(fileEvent)),
  /** F-06: a closet on each page; every closet that has cables when none is named. */
  printLabels: call.input(closetsAsked).output(documents.row),
  /** The same as a workbook, a sheet a closet. */
  labelsBook: call.input(closetsAsked).output(eventIterator(fileEvent)),
  /** Labels for both ends of these cables. `first`: the place on the first sheet to begin at, where some are used up. */
  printSheet: call
    .input(
      z.object({
        ids: z.array(idText).min(1).max(500),
        sheet: z.enum(labelSheets),
        first: z.int().min(1).max(24).default(1),
        ruler: z.boolean().default(true),
      }),
    )
    .output(documents.row),
};
