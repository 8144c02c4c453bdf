/** A corner of a school for tests of addresses: one floor with an office, a computer room, some people, one subnet. */
import type { TestEngine } from './engine.ts';

export interface Office {
  readonly floor: string;
  readonly office: string;
  readonly lab: string;
  readonly subnet: string;
  /** A person by name; made on first use. */
  person(
    name: string,
    more?: { department?: string; location_id?: string; letter?: 'signed' | 'unsigned' },
  ): Promise<string>;
}

export async function office({ call }: TestEngine, cidr = '10.20.30.0/24', gateway = '10.20.30.1'): Promise<Office> {
  const building = await call.locations.create({ kind: 'building', name: '教学楼' });
  const floor = await call.locations.create({ kind: 'floor', name: '2F', parent_id: building.id });
  const room = await call.locations.create({ kind: 'room', name: 'B210', parent_id: floor.id });
  const lab = await call.locations.create({ kind: 'room', name: 'C301', parent_id: building.id });
  const subnet = await call.ipam.createSubnet({
    cidr,
    name: '教师办公',
    vlan: 30,
    gateway,
    purpose: 'office',
    location_id: floor.id,
  });
  const known = new Map<string, string>();
  return {
    floor: floor.id,
    office: room.id,
    lab: lab.id,
    subnet: subnet.id,
    person: async (name, more = {}) => {
      const draft = {
        name,
        identity: 'teacher',
        letter: 'signed',
        status: 'active',
        department: '语文组',
        ...more,
      } as const;
      const id = known.get(name) ?? (await call.people.create(draft)).id;
      known.set(name, id);
      return id;
    },
  };
}

/** A different unicast MAC for every number. */
export const macOf = (n: number): string => `3C5282${n.toString(16).toUpperCase().padStart(6, '0')}`;
