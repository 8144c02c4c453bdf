/**
 * The demo school's cabling (domain.md §4): 816 ports of 17 access switches, 618 in use, 6 damaged; behind each used port a lead, a place on a
 * panel, a cable and an outlet; 8 labels that cannot be read and 2 that are wrong. Nothing here is drawn by chance.
 */
import { cables, outlets, panels, switchPorts } from '../../../shared/features/cabling.ts';
import { endColumns } from '../../../shared/features/cabling/ends.ts';
import { frontLabel, linkLabel, panelNames, rearLabel } from '../../../shared/features/cabling/label.ts';
import { addDays } from '../../../shared/day.ts';
import type { WriteDb } from '../door.ts';
import type { RoomPlan } from './places.ts';

const PORTS = 48;
/** Half of a switch: a panel has 24 places. */
const PLACES = 24;
const TESTER = '陈立';
/** Access switches by closet, in the order of devices.ts. */
const CLOSETS: readonly (readonly [closet: string, switches: number])[] = [
  ['A1', 1],
  ['A2', 1],
  ['A3', 1],
  ['B1', 1],
  ['B2', 1],
  ['B3', 1],
  ['B4', 1],
  ['C1', 2],
  ['C2', 3],
  ['C3', 3],
  ['C4', 2],
];
/** The closet that serves a floor: the top floors have none of their own. */
const closetOf = ({ building, floor }: RoomPlan): string => `${building}${Math.min(floor, building === 'A' ? 3 : 4)}`;
/** A port that broke, whose user was put on another one; the last but one of the last switch. */
const DAMAGED = new Set(['A1', 'A2', 'B1', 'B2', 'C1', 'C4']);
/** Closets whose labels were checked this year; days ago. The others are still to be done. */
const CHECKED: Readonly<Record<string, number>> = { A1: 21, A2: 21, A3: 20, B1: 14, B2: 14, B3: 13, B4: 12, C1: 7 };
/** What was read that is not right, by closet and place of the outlet cable counted from 0: `blurred`, `missing`, `fallen`, or another label. */
const READ: Readonly<Record<string, string>> = {
  'A1 5': 'blurred',
  'A2 11': 'blurred',
  'A3 30': 'fallen',
  'B1 8': 'missing',
  'B1 22': 'blurred',
  'B3 3': 'fallen',
  'B4 40': 'missing',
  'C1 17': 'blurred',
  'A2 19': 'A-2A-A-21',
  'B2 6': 'B-2A-A-09',
};

/** What a device is plugged into, in the words of its binding. */
export interface Socket {
  readonly outlet: string;
  readonly switch_name: string;
  readonly switch_port: string;
}
interface Used extends Socket {
  readonly room: string;
  readonly vlan: number | null;
}

/** Devices with a line of their own to a closet. */
const WIRED = new Set(['desktop', 'ap', 'printer', 'camera']);

export class DemoCabling {
  readonly #campus: number;
  readonly #used = new Map<string, Used[]>();
  readonly #inRoom = new Map<string, number>();
  readonly #switches = new Map<string, string[]>();
  readonly #closets = new Map<string, string>();
  readonly #backbone = new Map<string, string>();
  #firewall = '';
  #core = '';

  constructor(campus: number) {
    this.#campus = campus;
  }

  /** The next free port of the closet, for a device in this room; null for what is not plugged in there. */
  plug(category: string, room: string, plan: RoomPlan, vlan: number | null): Socket | null {
    if (!WIRED.has(category)) return null;
    const closet = closetOf(plan);
    const used = this.#used.get(closet) ?? [];
    this.#used.set(closet, used);
    // Rooms with a number give it to their outlets; the others count along the floor.
    const code = /^[A-C]\d{3}/.exec(plan.name)?.[0] ?? `${plan.building}${plan.floor}`;
    const n = (this.#inRoom.get(code) ?? 0) + 1;
    this.#inRoom.set(code, n);
    const socket: Used = {
      outlet: `${code}-${String(n).padStart(2, '0')}`,
      switch_name: this.#switchName(closet, Math.floor(used.length / PORTS)),
      switch_port: `GE1/0/${(used.length % PORTS) + 1}`,
      room,
      vlan,
    };
    used.push(socket);
    return { outlet: socket.outlet, switch_name: socket.switch_name, switch_port: socket.switch_port };
  }

  #switchName = (closet: string, index: number): string =>
    `SW${this.#campus === 0 ? '' : this.#campus + 1}-${closet}-${index + 1}`;

  /** What a network device is called, by the order in which they stand in the closets; null for other things. */
  hostname(category: string, name: string, plan: RoomPlan): string | null {
    const closet = `${plan.building}${plan.floor}`;
    if (name === '接入交换机') return this.#switchName(closet, this.#switches.get(closet)?.length ?? 0);
    const tail = this.#campus === 0 ? '' : `${this.#campus + 1}`;
    if (name === '汇聚交换机') return `AGG${tail}-${plan.building}`;
    if (name === '核心交换机') return `CORE${tail}`;
    return category === 'firewall' ? `FW${tail}` : null;
  }

  /** Remembers a network device once it is an asset. */
  keep(category: string, name: string, asset: string, room: string, plan: RoomPlan): void {
    const closet = `${plan.building}${plan.floor}`;
    if (name === '接入交换机') this.#switches.set(closet, [...(this.#switches.get(closet) ?? []), asset]);
    if (name === '汇聚交换机') this.#backbone.set(plan.building, asset);
    if (name === '核心交换机') this.#core = asset;
    if (category === 'firewall') this.#firewall = asset;
    if (plan.kind === 'closet') this.#closets.set(closet, room);
  }

  write(tx: WriteDb, today: string): void {
    for (const [closet, switches] of CLOSETS)
      for (let index = 0; index < switches; index += 1) this.#writeSwitch(tx, closet, index, today);
    this.#writeUplinks(tx);
  }

  /** `A-1A`; further campuses are told apart in front. */
  #code = (closet: string, letter = 'A'): string =>
    `${this.#campus === 0 ? '' : this.#campus + 1}${closet[0]}-${closet[1]}${letter}`;

  #writeSwitch(tx: WriteDb, closet: string, index: number, today: string): void {
    const asset = this.#switches.get(closet)?.[index] as string;
    const used = (this.#used.get(closet) ?? []).slice(index * PORTS, (index + 1) * PORTS);
    const place = CLOSETS.findIndex(([name]) => name === closet);
    const last = index + 1 === CLOSETS[place]?.[1];
    // A3 was tested last a year ago, so that the age of a test is seen.
    const tested = addDays(today, closet === 'A3' ? -312 : -(10 + place * 4));
    const halves = [0, 1].slice(0, Math.ceil(used.length / PLACES)).map((half) =>
      tx.insert(panels, {
        location_id: this.#closets.get(closet) as string,
        code: this.#code(closet),
        name: panelNames[index * 2 + half] as string,
        ports: PLACES,
        medium: 'cat6',
      }),
    );
    for (let n = 0; n < PORTS; n += 1) {
      const socket = used[n];
      const damaged = !socket && n === PORTS - 2 && last && DAMAGED.has(closet);
      const port = tx.insert(switchPorts, {
        asset_id: asset,
        name: `GE1/0/${n + 1}`,
        position: n + 1,
        vlan: socket?.vlan ?? null,
        speed: 'auto',
        light: damaged || !socket ? 'off' : 'on',
        state: damaged ? 'damaged' : socket ? 'good' : 'unused',
        ...(damaged || socket
          ? { test_method: damaged ? 'link' : 'tester', tested_on: tested, tested_by: TESTER }
          : {}),
        advice: damaged ? '端口坏，已改接邻口，待换模块' : null,
      });
      const panel = halves[Math.floor(n / PLACES)];
      if (!socket || !panel) continue;
      const position = (n % PLACES) + 1;
      const outlet = tx.insert(outlets, { location_id: socket.room, label: socket.outlet, state: 'good' });
      const behind = rearLabel(panel, position);
      tx.insert(cables, {
        label: behind,
        medium: 'cat6',
        colour: '灰',
        ...endColumns('a', { kind: 'panel', id: panel.id, position, side: 'rear' }),
        ...endColumns('b', { kind: 'outlet', id: outlet.id }),
        ...this.#check(closet, index * PORTS + n, behind, today),
      });
      const lead = frontLabel(panel, position);
      tx.insert(cables, {
        label: lead,
        medium: 'cat6',
        colour: '蓝',
        ...endColumns('a', { kind: 'panel', id: panel.id, position, side: 'front' }),
        ...endColumns('b', { kind: 'port', id: port.id }),
        ...this.#check(closet, -1, lead, today),
      });
    }
  }

  /** What was read on a label when its closet was checked; the anomalies are those of the first campus. */
  #check(closet: string, n: number, label: string, today: string) {
    const ago = CHECKED[closet];
    if (ago === undefined || this.#campus > 0) return {};
    const seen = { checked_on: addDays(today, -ago), checked_by: TESTER };
    const read = READ[`${closet} ${n}`];
    if (read === undefined) return { ...seen, found: label, legible: 'clear', ends_match: true, fix: 'none' } as const;
    if (read === 'blurred' || read === 'missing' || read === 'fallen')
      return { ...seen, legible: read, fix: 'to_replace' } as const;
    return { ...seen, found: read, legible: 'clear', ends_match: false, fix: 'to_replace' } as const;
  }

  /** Fibre from each access switch to its building's aggregation, from there to the core, and on to the firewall. */
  #writeUplinks(tx: WriteDb): void {
    const link = (label: string, from: string, to: string, medium: 'multi_mode' | 'single_mode' | 'cat6'): void => {
      tx.insert(cables, {
        label,
        medium,
        ...endColumns('a', { kind: 'asset', id: from }),
        ...endColumns('b', { kind: 'asset', id: to }),
      });
    };
    for (const [closet, assets] of this.#switches)
      for (const [index, asset] of assets.entries())
        link(
          linkLabel(this.#code(closet), index + 1),
          asset,
          this.#backbone.get(closet[0] as string) as string,
          'multi_mode',
        );
    for (const [building, asset] of this.#backbone)
      link(linkLabel(this.#code(`${building}1`), 9), asset, this.#core, 'single_mode');
    link(linkLabel(this.#code('C1', 'B'), 1), this.#core, this.#firewall, 'cat6');
  }
}
