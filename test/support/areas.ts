/** Laptops with roles and areas, and a small school in two buildings. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeGrant } from '../../main/engine/grant.ts';
import { locations } from '../../shared/features/locations.ts';
import type { Draft, Field, RecordType } from '../../shared/record.ts';
import { records } from '../../shared/records.ts';
import { EVERYTHING, type Grant } from '../../shared/sync/roles.ts';
import type { Hub } from '../../hub/hub.ts';
import { testEngine, type TestEngine } from './engine.ts';

export const types = records as unknown as readonly RecordType[];
export const typeNamed = (table: string): RecordType => {
  const type = types.find((each) => each.table === table);
  if (!type) throw new Error(table);
  return type;
};

/** A laptop that joined with a code for this role; null = a plain code. */
export async function laptopAs(hub: Hub, machine: string, grant: Grant): Promise<TestEngine> {
  const laptop = await testEngine({ machine, technician: `人${machine}` });
  await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode(grant) });
  return laptop;
}

/** As a laptop that has not heard yet what it is now, or was tampered with: only the store stands in its way. */
export const unaware = ({ engine }: TestEngine): void => writeGrant(engine.db, EVERYTHING);

let counter = 0;
function valueOf(field: Field): unknown {
  counter += 1;
  switch (field.kind) {
    case 'choice':
      return field.options[0];
    case 'int':
    case 'money':
      return Math.max(1, 'min' in field ? (field.min ?? 1) : 1);
    case 'instant':
      return 1_790_000_000_000;
    case 'day':
      return '2026-09-29';
    case 'flag':
      return true;
    case 'ip':
      return `10.99.${counter % 250}.${(counter >> 8) % 250}`;
    case 'mac':
      return counter.toString(16).toUpperCase().padStart(12, '0');
    case 'json':
      return '[]';
    default:
      return `t${counter}`;
  }
}

/** A valid record of any type: required fields filled, and what is given. */
export function sample(type: RecordType, given: Record<string, unknown> = {}): Draft<never> {
  const filled = Object.entries(type.fields).flatMap(([name, field]) =>
    field.required && !(name in given) ? [[name, valueOf(field)] as const] : [],
  );
  return { ...Object.fromEntries(filled), ...given } as Draft<never>;
}

/** Adds a record through the door. Returns its id. */
export function add({ engine }: TestEngine, table: string, given: Record<string, unknown> = {}): string {
  const type = typeNamed(table);
  return engine.command('test.add', (tx) => {
    const row = type.appendOnly ? tx.append(type, sample(type, given)) : tx.insert(type, sample(type, given));
    return (row as { id: string }).id;
  });
}
export const change = ({ engine }: TestEngine, table: string, id: string, changes: Record<string, unknown>): void => {
  engine.command('test.change', (tx) => tx.patch(typeNamed(table), id, changes as never));
};

export interface School {
  readonly campus: string;
  readonly teaching: string;
  readonly room: string;
  readonly lab: string;
  readonly labRoom: string;
  readonly person: string;
}
export function school(laptop: TestEngine): School {
  const place = (kind: string, name: string, parent_id: string | null): string =>
    add(laptop, locations.table, { kind, name, parent_id });
  const campus = place('campus', '临江三中', null);
  const teaching = place('building', '教学楼', campus);
  const lab = place('building', '实验楼', campus);
  return {
    campus,
    teaching,
    room: place('room', '101', teaching),
    lab,
    labRoom: place('room', '201', lab),
    person: add(laptop, 'people', { name: '周老师' }),
  };
}

/** Every file of the notebook as one text. */
export const bytesOf = ({ dir }: TestEngine): string =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith('lanbook'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('utf8'))
    .join('\n');
