/**
 * Where histories are played: one PostgreSQL, one hub database with laptops that have joined, and the folders of those laptops. Each
 * history begins with copies of them (about 30 ms), in memory where the machine has room for that.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub, type Hub } from '../../hub/hub.ts';
import { EVERYTHING } from '../../shared/sync/roles.ts';
import { administer, NO_LIMITS, startCluster, type Cluster } from '../support/hub.ts';
import { SimClock, TrueTime } from './clock.ts';
import { SimLaptop } from './laptop.ts';

export const MOST_LAPTOPS = 12;
const MEMORY = '/dev/shm';
/** A container gives 64 MB there unless told otherwise. */
const ROOM = 1_500_000_000;

export function fastFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM ? MEMORY : tmpdir();
}

export interface SimHub {
  readonly hub: Hub;
  stop(): Promise<void>;
  /** The server goes, if it is there, and comes back; the database stays. */
  restart(): Promise<void>;
  backup(): Promise<void>;
  /** The database as it was at the last backup, if there is one; nobody tells the laptops. */
  restore(): Promise<boolean>;
}
export interface Scene {
  readonly time: TrueTime;
  readonly port: number;
  readonly store: SimHub;
  readonly laptops: SimLaptop[];
  close(): Promise<void>;
}
export interface School {
  readonly databaseUrl: (name: string) => string;
  scene(laptops: number, honest?: boolean): Promise<Scene>;
  close(): Promise<void>;
}

const machineOf = (index: number): string => `L${String(index + 1).padStart(2, '0')}`;
const folderOf = (root: string, index: number): string => join(root, 'joined', machineOf(index));

/** Something to quarrel about from the first turn on. */
async function firstRows({ call }: SimLaptop): Promise<void> {
  const room = await call.locations.create({ kind: 'room', name: '一室' });
  await call.locations.create({ kind: 'room', name: '二室', parent_id: room.id });
  const person = await call.people.create({
    name: '王芳',
    identity: 'teacher',
    letter: 'signed',
    status: 'active',
    location_id: room.id,
  });
  const subnet = await call.ipam.createSubnet({ cidr: '10.20.0.0/24', name: '办公', purpose: 'office' });
  for (const name of ['机一', '机二'])
    await call.assets.create({ name, category: 'desktop', status: 'in_use', location_id: room.id });
  await call.ipam.bind({
    ip: '10.20.0.10',
    mac: '3C52821A0000',
    person_id: person.id,
    subnet_id: subnet.id,
    reason: '指定',
  });
  await call.tickets.open({ reporter: '张三', symptom: '网络不通' });
}

/** Laptops join once, and have the same rows then: that is part of the copies. */
async function joinAll(root: string, hub: Hub): Promise<void> {
  mkdirSync(join(root, 'joined'), { recursive: true });
  for (let index = 0; index < MOST_LAPTOPS; index += 1) {
    const laptop = new SimLaptop(
      machineOf(index),
      folderOf(root, index),
      new SimClock(new TrueTime(), 'joining', true),
    );
    await laptop.call.system.setup({
      unit: '临江市第三中学',
      technician: `技术员${index + 1}`,
      machine: machineOf(index),
      language: 'zh-CN',
    });
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode(EVERYTHING) });
    if (index === 0) await firstRows(laptop);
    await laptop.sync();
    laptop.engine.close();
  }
}

/** One connection to the database unless told otherwise: whoever asks the pool twice in a request waits for ever (sync.md L11). */
export async function openSchool(connections = 1): Promise<School> {
  const root = mkdtempSync(join(fastFolder(), 'lanbook-sim-'));
  const cluster: Cluster = await startCluster(fastFolder());
  const time = new TrueTime();
  const databaseUrl = (name: string): string => cluster.url.replace(/postgres$/, name);
  const sql = (...statements: string[]): Promise<void> => administer(cluster.url, ...statements);
  await sql('CREATE DATABASE joined');
  const open = (name: string, clock: TrueTime, port: number): Promise<Hub> =>
    startHub({
      databaseUrl: databaseUrl(name),
      host: '127.0.0.1',
      port,
      limits: NO_LIMITS,
      connections,
      now: () => clock.ms,
    });
  const first = await open('joined', time, 0);
  const port = Number(new URL(first.url).port);
  await joinAll(root, first);
  await first.close();
  let scenes = 0;

  return {
    databaseUrl,
    async scene(count, honest = false) {
      scenes += 1;
      const folder = join(root, `scene-${scenes}`);
      mkdirSync(folder);
      const clock = new TrueTime();
      await sql('CREATE DATABASE live TEMPLATE joined');
      let hub = await open('live', clock, port);
      let saved = false;
      let running = true;
      const stop = async (): Promise<void> => {
        if (running) await hub.close();
        running = false;
      };
      const again = async (): Promise<void> => {
        hub = await open('live', clock, port);
        running = true;
      };
      const store: SimHub = {
        get hub() {
          return hub;
        },
        stop,
        restart: async () => {
          await stop();
          await again();
        },
        backup: async () => {
          await stop();
          await sql('DROP DATABASE IF EXISTS saved', 'CREATE DATABASE saved TEMPLATE live');
          saved = true;
          await again();
        },
        restore: async () => {
          if (!saved) return false;
          await stop();
          await sql('DROP DATABASE live', 'CREATE DATABASE live TEMPLATE saved');
          await again();
          return true;
        },
      };
      const laptops = Array.from({ length: count }, (_, index) => {
        const dir = join(folder, machineOf(index));
        cpSync(folderOf(root, index), dir, { recursive: true });
        return new SimLaptop(machineOf(index), dir, new SimClock(clock, machineOf(index), honest));
      });
      return {
        time: clock,
        port,
        store,
        laptops,
        close: async () => {
          for (const laptop of laptops) laptop.close();
          await stop();
          await sql('DROP DATABASE live WITH (FORCE)', 'DROP DATABASE IF EXISTS saved');
          rmSync(folder, { recursive: true, force: true });
        },
      };
    },
    async close() {
      await cluster.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
