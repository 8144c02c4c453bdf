/** Many users at once: every row is tried as it would be opened, so that what the preview says is what happens. */
import { locations } from '../../../../shared/features/locations.ts';
import { people } from '../../../../shared/features/people.ts';
import type { OpenField, OpenInput, OpenRow, OpenVerdict } from '../../../../shared/features/opening.ts';
import { narrowKey } from '../../../../shared/features/transfer/cells.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { isRandomMac } from '../../../../shared/mac.ts';
import { isRefusal, refuse, type RefusalCode } from '../../../../shared/refusal.ts';
import type { WriteDb } from '../../door.ts';
import { personById, registerPerson } from '../people.ts';
import { bind, type Now } from '../ipam/bindings.ts';
import { subnetForPlace } from '../ipam/suggest.ts';
import { newKey, readIp, readMac, said, Stop } from './cells.ts';
import { portHolder } from './ends.ts';
import { subnetOf } from '../ipam/plan.ts';
import { personsOf, placeParts, placesOf, type Persons, type Places } from '../transfer/lookups.ts';

export interface Opened {
  /** In the order of the rows. */
  verdicts: OpenVerdict[];
  ids: Map<number, string>;
  people: number;
}

interface Wanted {
  readonly row: OpenRow;
  readonly verdict: OpenVerdict;
  /** Null: to be registered. */
  readonly personId: string | null;
}

/** Which cell a refusal of the address register is about. */
const FIELDS: Readonly<Partial<Record<RefusalCode, OpenField>>> = {
  mac_in_use: 'mac',
  mac_of_device: 'mac',
  mac_needed: 'mac',
  subnet_needed: 'room',
  subnet_full: 'ip',
  person_left: 'name',
  sponsor_needed: 'name',
};
const fieldOf = (code: RefusalCode): OpenField | null =>
  FIELDS[code] ?? (code.startsWith('ip_') || code.endsWith('_needs_reason') ? 'ip' : null);

export function openRows(tx: WriteDb, input: OpenInput, at: Now): Opened {
  const batch = new Batch(tx, input, at);
  for (const row of input.rows) batch.judge(row);
  batch.openAll();
  return { verdicts: batch.verdicts, ids: batch.ids, people: batch.people };
}

class Batch {
  readonly verdicts: OpenVerdict[] = [];
  readonly ids = new Map<number, string>();
  people = 0;
  readonly #tx: WriteDb;
  readonly #input: OpenInput;
  readonly #at: Now;
  readonly #persons: Persons;
  readonly #places: Places;
  readonly #subnets = new Map<string, string | null>();
  readonly #wanted: Wanted[] = [];
  /** By name and department: two rows of one new person register one. */
  readonly #made = new Map<string, string>();
  /** What earlier rows of this very batch ask for. */
  readonly #macs = new Map<string, number>();
  readonly #ips = new Map<string, number>();

  constructor(tx: WriteDb, input: OpenInput, at: Now) {
    this.#tx = tx;
    this.#input = input;
    this.#at = at;
    this.#persons = personsOf(tx);
    this.#places = placesOf(tx);
  }

  /** Everything that does not depend on the other rows. */
  judge(row: OpenRow): void {
    const verdict: OpenVerdict = {
      row: row.row,
      is: 'wrong',
      person: null,
      person_id: null,
      location_id: null,
      subnet_id: null,
      ip: null,
      mac: null,
      problems: [],
      persons: [],
      letter: null,
      random: false,
      port_of: null,
    };
    this.verdicts.push(verdict);
    // Each cell by itself: what is wrong with a row is said at once, not one thing after another.
    const read = <T>(cell: () => T): T | null => {
      try {
        return cell();
      } catch (error) {
        this.#stopped(verdict, error);
        return null;
      }
    };
    verdict.mac = read(() => this.#mac(row));
    verdict.random = verdict.mac !== null && isRandomMac(verdict.mac);
    verdict.location_id = read(() => this.#place(row));
    verdict.ip = read(() => this.#ip(row));
    const who = read(() => ({ id: this.#person(row, verdict) }));
    if (who === null) return;
    verdict.person = who.id === null ? 'new' : 'found';
    verdict.person_id = who.id;
    const person = who.id === null ? null : personById(this.#tx, who.id);
    verdict.letter = person === null ? 'unsigned' : person.letter === 'signed' ? null : person.letter;
    if (verdict.problems.length > 0) return;
    verdict.location_id ??= person?.location_id ?? null;
    verdict.subnet_id = read(() => this.#subnet(verdict));
    if (verdict.subnet_id !== null) this.#wanted.push({ row, verdict, personId: who.id });
  }

  /** Written addresses first, lowest first, so that what is given out in order does not take them; then subnet by subnet. */
  openAll(): void {
    const number = ({ verdict }: Wanted): number => parseIp(verdict.ip ?? '') ?? Number.POSITIVE_INFINITY;
    const subnet = ({ verdict }: Wanted): string => verdict.subnet_id ?? '';
    const order = this.#wanted.toSorted((a, b) => {
      if (number(a) !== number(b)) return number(a) < number(b) ? -1 : 1;
      return subnet(a) < subnet(b) ? -1 : subnet(a) > subnet(b) ? 1 : 0;
    });
    for (const wanted of order) this.#open(wanted);
  }

  #open({ row, verdict, personId }: Wanted): void {
    const made = this.people;
    const step = this.#tx.attempt(() => {
      const holder = personId ?? this.#register(row, verdict);
      if (personId !== null) this.#complete(personId, row, verdict);
      return bind(
        this.#tx,
        {
          person_id: holder,
          location_id: verdict.location_id,
          subnet_id: verdict.subnet_id,
          ip: verdict.ip,
          mac: verdict.mac,
          outlet: said(row.outlet),
          switch_name: said(row.switch_name),
          switch_port: said(row.switch_port),
          hostname: said(row.hostname),
          reason: this.#input.reason || null,
        },
        this.#at,
      );
    });
    if (step.refusal) {
      // What was registered for this row alone went with it.
      if (this.people > made) {
        this.people = made;
        this.#made.delete(newKey(row));
      }
      this.#stopped(verdict, step.refusal);
      return;
    }
    verdict.is = 'ok';
    verdict.port_of = portHolder(this.#tx, step.value, [step.value.id]);
    verdict.ip = step.value.ip;
    verdict.person_id = step.value.person_id;
    this.ids.set(row.row, step.value.id);
  }

  #mac(row: OpenRow): string {
    const hex = readMac(row.mac);
    const earlier = this.#macs.get(hex);
    if (earlier !== undefined) throw new Stop('mac', 'open_mac_again', { row: earlier });
    this.#macs.set(hex, row.row);
    return hex;
  }

  #ip(row: OpenRow): string | null {
    const ip = readIp(row.ip);
    if (ip === null) return null;
    const earlier = this.#ips.get(ip);
    if (earlier !== undefined) throw new Stop('ip', 'open_ip_again', { row: earlier, ip });
    this.#ips.set(ip, row.row);
    return ip;
  }

  #place(row: OpenRow): string | null {
    if (row.room.trim() === '') return null;
    const found = this.#places.find(placeParts(row.room));
    if (found === null) throw new Stop('room', 'open_room_unknown', { text: row.room });
    if ('ambiguous' in found) throw new Stop('room', 'open_room_several', { text: row.room, options: found.ambiguous });
    return found.id;
  }

  /** The person that is meant, or null for somebody new. */
  #person(row: OpenRow, { location_id: place }: OpenVerdict): string | null {
    const name = narrowKey(row.name);
    if (name === '') throw new Stop('name', 'open_no_name');
    if (row.person === 'new') return null;
    if (row.person !== null) return row.person;
    const named = this.#persons.named(name);
    const department = narrowKey(row.department);
    const here = named.filter((person) => department === '' || person.department === department);
    if (here.length === 1 && (department !== '' || named.length === 1)) return here[0]!.id;
    const inRoom = named.filter(({ id }) => place !== null && personById(this.#tx, id)?.location_id === place);
    if (inRoom.length === 1 && (department === '' || here.length !== 0)) return inRoom[0]!.id;
    if (named.length > 0) {
      // The one of that name has no department on record yet
      const bare = named.filter((person) => person.department === null);
      if (here.length === 0 && named.length === 1 && bare.length === 1) return bare[0]!.id;
      throw new Stop(
        'name',
        here.length === 0 ? 'open_other_department' : 'open_several',
        { name, n: named.length },
        named.map((person) => ({
          id: person.id,
          about: [
            person.department,
            this.#places.path(personById(this.#tx, person.id)?.location_id ?? ''),
            person.phone,
          ]
            .filter(Boolean)
            .join(' · '),
        })),
      );
    }
    if (!this.#input.register) throw new Stop('name', 'open_not_registered', { name });
    return null;
  }

  #subnet(verdict: OpenVerdict): string | null {
    if (verdict.ip !== null) {
      const subnet = subnetOf(this.#tx, verdict.ip);
      if (!subnet) throw new Stop('ip', 'ip_unknown_subnet', { ip: verdict.ip });
      const expected = this.#placeSubnet(verdict.location_id) ?? this.#input.subnet_id ?? null;
      if (expected !== null && expected !== subnet.id) {
        const other = this.#tx.get<{ cidr: string }>('SELECT cidr FROM subnets WHERE id = ?', expected);
        throw new Stop('ip', 'ip_outside', { ip: verdict.ip, cidr: other?.cidr ?? '' });
      }
      return subnet.id;
    }
    const found = this.#placeSubnet(verdict.location_id) ?? this.#input.subnet_id ?? null;
    if (found === null) throw new Stop('room', verdict.location_id === null ? 'open_no_room' : 'subnet_needed');
    return found;
  }
  #placeSubnet(place: string | null): string | null {
    if (place === null) return null;
    let known = this.#subnets.get(place);
    if (known === undefined) this.#subnets.set(place, (known = subnetForPlace(this.#tx, place)));
    return known;
  }

  #register(row: OpenRow, verdict: OpenVerdict): string {
    const key = newKey(row);
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    if (verdict.location_id !== null) this.#tx.need(locations, verdict.location_id);
    const person = registerPerson(this.#tx, {
      name: narrowKey(row.name),
      department: said(row.department),
      phone: said(row.phone),
      identity: this.#input.identity,
      location_id: verdict.location_id,
      letter: 'unsigned',
      status: 'active',
    });
    this.people += 1;
    this.#made.set(key, person.id);
    return person.id;
  }

  /** What the register does not know of a person yet, and the sheet does. Nothing is overwritten. */
  #complete(id: string, row: OpenRow, verdict: OpenVerdict): void {
    const person = personById(this.#tx, id);
    if (!person) throw refuse('person_not_registered');
    this.#tx.patch(people, id, {
      phone: person.phone ?? said(row.phone),
      department: person.department ?? said(row.department),
      location_id: person.location_id ?? verdict.location_id,
    });
  }

  #stopped(verdict: OpenVerdict, error: unknown): void {
    const refusal = error instanceof Stop ? error.refusal : isRefusal(error) ? error : null;
    if (!refusal) throw error;
    const field = error instanceof Stop ? error.field : fieldOf(refusal.code);
    verdict.is = 'wrong';
    verdict.problems.push({ code: refusal.code, params: refusal.params, field });
    if (error instanceof Stop) verdict.persons = [...error.persons];
  }
}
