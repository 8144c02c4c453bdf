/** One campus of the demo school: its places, people, assets, subnets and bindings, through the door. */
import { assets } from '../../../shared/features/assets.ts';
import { addressRanges, bindings, subnets } from '../../../shared/features/ipam.ts';
import { locations } from '../../../shared/features/locations.ts';
import { DEFAULT_MONTHS } from '../../../shared/features/letters.ts';
import { people } from '../../../shared/features/people.ts';
import { addDays, addMonths, momentOf } from '../../../shared/day.ts';
import { parseCidr, showIp } from '../../../shared/ip.ts';
import type { RowOf } from '../../../shared/record.ts';
import type { WriteDb } from '../door.ts';
import { DemoCabling, type Socket } from './cabling.ts';
import type { Chance } from './chance.ts';
import { devicePlans, pcMakers, pcYears } from './devices.ts';
import { fixedNames, inventName, inventPhone } from './names.ts';
import { buildings, roomPlans, type RoomPlan } from './places.ts';
import { subnetPlans } from './subnets.ts';

export type Person = RowOf<typeof people>;
export type Asset = RowOf<typeof assets>;
export type Binding = RowOf<typeof bindings>;

export interface Campus {
  readonly people: Person[];
  readonly assets: Asset[];
  readonly bindings: Binding[];
}
interface Place {
  readonly id: string;
  readonly plan: RoomPlan;
}

/** Writes campus number `n` (0 is the school of domain.md §4 itself). `today` bounds the dates. */
export function writeCampus(tx: WriteDb, by: Chance, n: number, today: string): Campus {
  const rooms = writePlaces(tx, n);
  const staff = writePeople(tx, by, rooms, today);
  const nets = writeSubnets(tx, n);
  const register = new Register(tx, by, n, today, rooms, staff, nets);
  register.pcs();
  register.devices();
  register.cabling.write(tx, today);
  return { people: staff, assets: register.assets, bindings: register.bindings };
}

function writePlaces(tx: WriteDb, n: number): Map<string, Place> {
  const campus = tx.insert(locations, {
    kind: 'campus',
    name: n === 0 ? '临江三中' : `临江三中${n + 1}校区`,
    position: n,
  });
  const floors = new Map<string, string>();
  const rooms = new Map<string, Place>();
  for (const [code, name] of Object.entries(buildings))
    floors.set(
      code,
      tx.insert(locations, { parent_id: campus.id, kind: 'building', name, position: code.charCodeAt(0) }).id,
    );
  for (const plan of roomPlans) {
    const key = `${plan.building}${plan.floor}`;
    let floor = floors.get(key);
    if (floor === undefined) {
      floor = tx.insert(locations, {
        parent_id: floors.get(plan.building),
        kind: 'floor',
        name: `${plan.floor}F`,
        position: plan.floor,
      }).id;
      floors.set(key, floor);
    }
    const row = tx.insert(locations, { parent_id: floor, kind: plan.kind, name: plan.name, position: rooms.size });
    rooms.set(plan.name, { id: row.id, plan });
  }
  return rooms;
}

/** The temporary ones hold addresses too: they stand among the first 160. */
const IDENTITIES = [
  ...Array.from({ length: 146 }, () => 'teacher' as const),
  ...Array.from({ length: 14 }, () => 'temporary' as const),
  ...Array.from({ length: 24 }, () => 'teacher' as const),
  ...Array.from({ length: 66 }, () => 'staff' as const),
];
/** Last days of the temporary people, counted from today: three are over, four end within a month. */
const TERMS = [-20, -5, -1, 3, 10, 18, 28, 90, 120, 150, 180, 210, 240, 300];
/** Everybody who answers for an address is one of these; the others hold none. */
const HOLDERS = 160;
/** Who of them keeps shared machines besides their own; the others hold exactly one address. */
const KEEPERS = [60, 146] as const;

/** 250 people. 131 of the 160 who hold an address signed the letter, 21 did not, 8 letters expired (domain.md §4). */
function writePeople(tx: WriteDb, by: Chance, rooms: Map<string, Place>, today: string): Person[] {
  const offices = [...rooms.values()].filter(({ plan }) => plan.pcs > 1 && plan.building !== 'C');
  const staff: Person[] = [];
  let guests = 0;
  for (const [i, identity] of IDENTITIES.entries()) {
    const office = offices[i % offices.length] as Place;
    const letter = i < 131 ? 'signed' : i < 152 ? 'unsigned' : i < HOLDERS ? 'expired' : 'unsigned';
    const name = fixedNames[i] ?? inventName(by);
    const phone = inventPhone(by);
    const until =
      letter === 'signed'
        ? addDays(today, by.int(60, 700))
        : letter === 'expired'
          ? addDays(today, -by.int(5, 200))
          : null;
    const isGuest = identity === 'temporary';
    const row = tx.insert(people, {
      name,
      department: office.plan.department,
      identity,
      number: `LJ${String(2_000 + i).padStart(5, '0')}`,
      phone,
      location_id: office.id,
      letter,
      letter_until: until,
      letter_on: until === null ? null : addMonths(until, -DEFAULT_MONTHS),
      status: 'active',
      sponsor_id: isGuest ? (staff[guests]?.id ?? null) : null,
      valid_until: isGuest ? addDays(today, TERMS[guests] ?? 0) : null,
    });
    if (isGuest) guests += 1;
    staff.push(row);
  }
  return staff;
}

interface Net {
  readonly id: string;
  readonly vlan: number | null;
  next: number;
}

function writeSubnets(tx: WriteDb, n: number): Map<string, Net> {
  const nets = new Map<string, Net>();
  for (const { range, ...plan } of subnetPlans(n)) {
    const row = tx.insert(subnets, { ...plan, cooldown_days: 7 });
    if (range) tx.insert(addressRanges, { subnet_id: row.id, kind: range[0], first_ip: range[1], last_ip: range[2] });
    nets.set(plan.name, { id: row.id, vlan: plan.vlan, next: (parseCidr(plan.cidr)?.first ?? 0) + 2 });
  }
  return nets;
}

/** Hands out tags, MACs and addresses in order while it writes the assets of one campus. */
class Register {
  readonly assets: Asset[] = [];
  readonly bindings: Binding[] = [];
  readonly cabling: DemoCabling;
  readonly #tx: WriteDb;
  readonly #by: Chance;
  readonly #campus: number;
  readonly #today: string;
  readonly #rooms: Map<string, Place>;
  readonly #staff: Person[];
  readonly #nets: Map<string, Net>;
  #serial = 0;

  constructor(
    tx: WriteDb,
    by: Chance,
    campus: number,
    today: string,
    rooms: Map<string, Place>,
    staff: Person[],
    nets: Map<string, Net>,
  ) {
    this.#tx = tx;
    this.#by = by;
    this.#campus = campus;
    this.cabling = new DemoCabling(campus);
    this.#today = today;
    this.#rooms = rooms;
    this.#staff = staff;
    this.#nets = nets;
  }

  /** 600 PCs, each with an address; 75 of building A and 85 of B belong to one person, the others to a keeper. */
  pcs(): void {
    const years = pcYears.flatMap(([year, count]) => Array.from({ length: count }, () => year));
    const owners = { A: 75, B: 85, C: 0 };
    let owner = 0;
    for (const { id, plan } of this.#rooms.values())
      for (let i = 0; i < plan.pcs; i += 1) {
        const maker = this.#by.pick(pcMakers);
        const index = this.#by.int(0, years.length - 1);
        const [year = 2022] = years.splice(index, 1);
        const own = owners[plan.building] > 0 && plan.subnet !== '教室';
        if (own) owners[plan.building] -= 1;
        const person = own ? (this.#staff[owner++] as Person) : this.#by.pick(this.#staff.slice(...KEEPERS));
        this.#add({
          name: '台式计算机',
          category: 'desktop',
          brand: maker.brand,
          model: maker.model,
          oui: maker.oui,
          year,
          room: id,
          plan,
          person,
          own,
          subnet: plan.subnet,
          price: this.#by.int(32, 50) * 10_000,
          usage: plan.building === 'A' ? 'administration' : 'teaching',
        });
      }
  }

  /** Everything that is no PC. */
  devices(): void {
    for (const device of devicePlans)
      for (const name of device.rooms) {
        const place = this.#rooms.get(name) as Place;
        this.#add({
          ...device,
          year: this.#by.int(2018, 2025),
          room: place.id,
          plan: place.plan,
          person: this.#by.pick(this.#staff.slice(...KEEPERS)),
          own: false,
          usage: 'teaching',
          name: device.name,
        });
      }
  }

  #add(plan: {
    name: string;
    category: Asset['category'];
    brand: string;
    model: string;
    oui: string | null;
    year: number;
    room: string;
    plan: RoomPlan;
    person: Person;
    own: boolean;
    subnet: string | null;
    price: number;
    usage: 'teaching' | 'administration';
  }): void {
    this.#serial += 1;
    const number = this.#serial;
    const bought = `${plan.year}-${String(this.#by.int(1, 12)).padStart(2, '0')}-${String(this.#by.int(1, 28)).padStart(2, '0')}`;
    const mac =
      plan.oui === null ? null : plan.oui + this.#by.int(0, 0xffffff).toString(16).toUpperCase().padStart(6, '0');
    const ip = plan.subnet === null ? null : this.#nextIp(plan.subnet);
    // 12 PCs lack their serial, 9 their keeper, 6 their purchase date: registers are never complete (domain.md §4).
    const asset = this.#tx.insert(assets, {
      tag: `LJ${this.#campus === 0 ? '' : this.#campus}-${plan.year}-${String(number).padStart(4, '0')}`,
      name: plan.name,
      category: plan.category,
      brand: plan.brand,
      model: plan.model,
      unit: 'tai',
      quantity: 1,
      price: plan.price,
      serial:
        number <= 12
          ? null
          : `SN${plan.year}${this.#by.int(0, 0xfffffff).toString(36).toUpperCase().padStart(6, '0')}${number}`,
      purchased_on: number > 21 && number <= 27 ? null : bought,
      accepted_on: number > 21 && number <= 27 ? null : addDays(bought, 14),
      supplier: '临江市恒信科技有限公司',
      funding: '公用经费',
      procurement: 'government',
      usage: plan.usage,
      department: plan.plan.department,
      user_id: plan.own ? plan.person.id : null,
      custodian_id: number > 12 && number <= 21 ? null : plan.person.id,
      location_id: plan.room,
      status: plan.name.startsWith('备用') ? 'idle' : 'in_use',
      warranty_until: addDays(bought, 1095),
      minimum_years: 6,
      ip,
      mac,
      hostname:
        plan.category === 'desktop' && ip
          ? `SZ-${plan.own ? plan.person.name : `${plan.plan.name.slice(0, 4).trim()}-${String(number).padStart(3, '0')}`}`
          : this.cabling.hostname(plan.category, plan.name, plan.plan),
    });
    this.assets.push(asset);
    this.cabling.keep(plan.category, plan.name, asset.id, plan.room, plan.plan);
    const vlan = this.#nets.get(plan.subnet ?? '')?.vlan ?? null;
    const socket = this.cabling.plug(plan.category, plan.room, plan.plan, vlan);
    if (ip !== null && mac !== null && plan.subnet !== null)
      this.#bind(asset, ip, mac, plan.person, plan.room, plan.subnet, socket);
  }

  #bind(
    asset: Asset,
    ip: string,
    mac: string,
    person: Person,
    room: string,
    subnet: string,
    socket: Socket | null,
  ): void {
    const opened = addDays(this.#today, -this.#by.int(20, 900));
    this.bindings.push(
      this.#tx.insert(bindings, {
        ip,
        mac,
        person_id: person.id,
        location_id: room,
        asset_id: asset.id,
        subnet_id: this.#nets.get(subnet)?.id as string,
        hostname: asset.hostname,
        ...socket,
        state: 'active',
        opened_on: opened,
        opened_at: momentOf(opened, this.#by.int(480, 1050)),
      }),
    );
  }

  #nextIp(subnet: string): string {
    const net = this.#nets.get(subnet) as Net;
    net.next += 1;
    return showIp(net.next - 1);
  }
}
