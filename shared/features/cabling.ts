/** Cabling: ports of switches, outlets, patch panels, and the cables between them with their labels (forms F-05 and F-06). */
import { choice, day, flag, int, note, record, ref, text } from '../record.ts';

const portSpeeds = ['m10', 'm100', 'm1000', 'm10000', 'auto'] as const;
const portLights = ['on', 'off', 'blink', 'amber'] as const;
export const portStates = ['good', 'damaged', 'loose', 'unused', 'reserved', 'disabled'] as const;
export type PortState = (typeof portStates)[number];
export const testMethods = ['tester', 'link', 'visual'] as const;
export type TestMethod = (typeof testMethods)[number];

/** Port of a switch. Its name is shown as written and compared by `portKey` (shared/port-name.ts). */
export const switchPorts = record(
  'switch_ports',
  {
    /** The switch. */
    asset_id: ref('assets', { required: true }),
    name: text({ required: true, max: 40 }),
    /** Place on the faceplate, from 1: odd ones in the upper row. */
    position: int({ min: 1, max: 1000 }),
    /** What lies behind it where no panel and no cable is on record. */
    outlet_id: ref('outlets'),
    vlan: int({ min: 1, max: 4094 }),
    speed: choice(portSpeeds, {}),
    light: choice(portLights, {}),
    state: choice(portStates, { required: true }),
    test_method: choice(testMethods, {}),
    tested_on: day(),
    tested_by: text({ max: 60 }),
    advice: text({ max: 200 }),
    ticket_id: ref('tickets'),
    remark: note({ class: 'A' }),
  },
  { since: 2 },
);

const outletStates = ['good', 'damaged', 'unused'] as const;
/** Socket in the wall of a room (信息点). */
export const outlets = record(
  'outlets',
  {
    location_id: ref('locations', { required: true }),
    label: text({ required: true, max: 40, search: 'key' }),
    state: choice(outletStates, { required: true }),
    remark: note({ class: 'A' }),
  },
  { since: 2 },
);

export const cableMedia = ['cat5e', 'cat6', 'single_mode', 'multi_mode'] as const;
/** Most ports of one panel: those of high density have 48, fibre frames up to 144. */
export const MAX_PANEL_PORTS = 144;
/** Patch panel (配线架) in a closet or rack. `code` and `name` are the start of its labels: `C-2A` and `B` give `C-2A-B-12`. */
export const panels = record(
  'panels',
  {
    location_id: ref('locations', { required: true }),
    code: text({ required: true, max: 20, search: 'key' }),
    /** A letter, without I, O and Q, which are misread (TIA-606). */
    name: text({ required: true, max: 10 }),
    ports: int({ required: true, min: 1, max: MAX_PANEL_PORTS }),
    medium: choice(cableMedia, {}),
    remark: note({ class: 'A' }),
  },
  { since: 2 },
);

export const panelSides = ['front', 'rear'] as const;
export type PanelSide = (typeof panelSides)[number];

/**
 * A cable, and what its label should say and does say. Each end is one of: a port, a place on a panel (with number and side), an outlet,
 * a device as such; or nothing yet, where it is not known.
 */
export const cables = record(
  'cables',
  {
    /** What it should say (标签应为). */
    label: text({ max: 60, search: 'key' }),
    /** What was read on it (标签实为). */
    found: text({ max: 60 }),
    legible: choice(['clear', 'blurred', 'missing', 'fallen'], {}),
    ends_match: flag(),
    medium: choice(cableMedia, {}),
    colour: text({ max: 20 }),
    a_port_id: ref('switch_ports'),
    a_panel_id: ref('panels'),
    a_position: int({ min: 1, max: MAX_PANEL_PORTS }),
    a_side: choice(panelSides, {}),
    a_outlet_id: ref('outlets'),
    a_asset_id: ref('assets'),
    b_port_id: ref('switch_ports'),
    b_panel_id: ref('panels'),
    b_position: int({ min: 1, max: MAX_PANEL_PORTS }),
    b_side: choice(panelSides, {}),
    b_outlet_id: ref('outlets'),
    b_asset_id: ref('assets'),
    checked_on: day(),
    checked_by: text({ max: 60 }),
    fix: choice(['none', 'to_replace', 'replaced'], {}),
    /** A second way beside another cable: the link lives when it is cut. */
    redundant: flag(),
    remark: note({ class: 'A' }),
  },
  { since: 2 },
);
