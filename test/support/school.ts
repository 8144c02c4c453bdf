/** A small school for tests of handover and paper: one building with a server room, offices, people, addresses and a ticket. */
import { assets } from '../../shared/features/assets.ts';
import { bindings, subnets } from '../../shared/features/ipam.ts';
import { locations } from '../../shared/features/locations.ts';
import { people } from '../../shared/features/people.ts';
import { tickets } from '../../shared/features/tickets.ts';
import type { Engine } from '../../main/engine/engine.ts';

export interface School {
  readonly building: string;
  readonly closet: string;
  readonly rooms: readonly string[];
  readonly ticket: string;
}
const hex = (n: number): string => n.toString(16).toUpperCase().padStart(4, '0');

/** `users` addresses in use (one person each), `devices` pieces of equipment in the server room. */
export function makeSchool(
  engine: Engine,
  { users = 6, devices = 4 }: { users?: number; devices?: number } = {},
): School {
  return engine.command('test.school', (tx) => {
    const campus = tx.insert(locations, { kind: 'campus', name: '本部' });
    const building = tx.insert(locations, { kind: 'building', name: '综合楼', parent_id: campus.id });
    const floor = tx.insert(locations, { kind: 'floor', name: '2F', parent_id: building.id });
    const closet = tx.insert(locations, { kind: 'closet', name: '中心机房', parent_id: floor.id });
    const rooms = ['财务室', '教务处', '语文教研组'].map(
      (name) => tx.insert(locations, { kind: 'room', name, parent_id: floor.id }).id,
    );
    const subnet = tx.insert(subnets, {
      cidr: '10.20.30.0/24',
      name: '办公网',
      vlan: 30,
      gateway: '10.20.30.1',
      purpose: 'office',
    });
    const room = (n: number): string => rooms[n % rooms.length] ?? closet.id;
    for (let n = 0; n < devices; n += 1)
      tx.insert(assets, {
        tag: `XX-2024-${String(n + 1).padStart(4, '0')}`,
        name: n % 3 === 0 ? `接入交换机${n + 1}` : `服务器${n + 1}`,
        category: n % 3 === 0 ? 'switch' : 'server',
        brand: '华为',
        model: 'S5735-L24T4S',
        serial: `2102350DL${1000 + n}`,
        status: 'in_use',
        location_id: closet.id,
        ip: `10.20.1.${(n % 250) + 2}`,
        mac: `00E0FC01${hex(n)}`,
      });
    for (let n = 0; n < users; n += 1) {
      const person = tx.insert(people, {
        name: ['王芳', '李静', '张伟', '刘洋', '陈敏', '欧阳明珠'][n % 6] ?? '',
        department: '教务处',
        identity: 'teacher',
        phone: `1380000${hex(n)}`,
        location_id: room(n),
        letter: n % 4 === 0 ? 'unsigned' : 'signed',
        status: 'active',
      });
      tx.insert(assets, {
        name: '台式计算机',
        category: 'desktop',
        status: 'in_use',
        location_id: room(n),
        user_id: person.id,
        tag: `PC-${n + 1}`,
      });
      tx.insert(bindings, {
        ip: `10.20.${30 + Math.floor(n / 200)}.${(n % 200) + 10}`,
        mac: `3C52821A${hex(n)}`,
        person_id: person.id,
        location_id: room(n),
        subnet_id: subnet.id,
        hostname: `PC-${n + 1}`,
        outlet: `2F-A-${n + 1}`,
        switch_name: '接入交换机1',
        switch_port: `G0/0/${(n % 24) + 1}`,
        state: 'active',
        opened_on: '2026-03-07',
        opened_at: Date.parse('2026-03-07T09:00+08:00'),
      });
    }
    const reported = Date.parse('2026-09-24T10:00+08:00');
    const ticket = tx.insert(tickets, {
      number: 'BX-202609-L03-0001',
      kind: 'fault',
      reporter: '门卫老周',
      location_id: room(0),
      category: 'cable',
      symptom: '水晶头松动，时通时断',
      priority: 'normal',
      channel: 'phone',
      state: 'open',
      reported_at: reported,
      due_on: '2026-09-28',
      due_at: Date.parse('2026-09-28T17:30+08:00'),
    });
    return { building: building.id, closet: closet.id, rooms, ticket: ticket.id };
  });
}
