/** Who is joined to whom, by what the devices say of each other over LLDP. Pure. */
import { z } from 'zod';
import { samePort } from '../../port-name.ts';
import { identities, type KnownSwitch, type NeighbourRow, type Snapshot } from './ports.ts';

const end = z.object({
  /** Null: a device that was not read and is not registered as a switch; then only its name is known. */
  ip: z.string().nullable(),
  name: z.string(),
  /** Null where it was not told. */
  port: z.string().nullable(),
});
export const link = z.object({
  a: end,
  b: end,
  /** Both devices name each other, on these very ports. */
  both: z.boolean(),
  /** The older of the readings it rests on. */
  read_at: z.number(),
  /** b is a switch that was read, one the register knows, or something else. */
  known: z.enum(['read', 'registered', 'unknown']),
});
export type Link = z.infer<typeof link>;

interface Told extends Link {
  readonly key: string;
}

const nameOf = (row: NeighbourRow): string => row.system_name ?? row.management_ip ?? row.chassis ?? '?';

/** One line per cable: what both ends tell is one link. Sorted by device and port. */
export function linksOf(devices: readonly Snapshot[], known: readonly KnownSwitch[]): Link[] {
  const names = identities(devices, known);
  const read = new Map(devices.map((each) => [each.device_ip, each]));
  const told = devices.flatMap((device) =>
    device.neighbours.map((row): Told => {
      const id = names.ofNeighbour(row);
      const other = id === null ? undefined : read.get(id);
      const registered = known.find(({ ip, mac }) => id !== null && (ip === id || mac === id));
      const local = device.interfaces.find((each) => each.if_index === row.if_index)?.name ?? null;
      // a port may tell its number, its MAC or its name; the description is the name where the id is not
      const remote =
        other?.interfaces.find((each) =>
          [row.port, row.port_description].some((text) => text !== null && samePort(text, each.name)),
        )?.name ??
        (row.port !== null && /[a-z]/i.test(row.port) && !/^[0-9A-F]{12}$/.test(row.port)
          ? row.port
          : row.port_description) ??
        row.port;
      return {
        a: { ip: device.device_ip, name: device.name ?? device.device_ip, port: local },
        b: {
          ip: other?.device_ip ?? registered?.ip ?? null,
          name: other?.name ?? registered?.name ?? nameOf(row),
          port: remote,
        },
        both: false,
        read_at: device.read_at,
        known: other ? 'read' : registered ? 'registered' : 'unknown',
        key: id ?? nameOf(row),
      };
    }),
  );
  const links: Link[] = [];
  const paired = new Set<Told>();
  for (const one of told) {
    if (paired.has(one)) continue;
    const back = told.find(
      (each) =>
        each !== one &&
        !paired.has(each) &&
        each.a.ip === one.b.ip &&
        each.key === one.a.ip &&
        meets(each.b.port, one.a.port) &&
        meets(each.a.port, one.b.port),
    );
    const { key: _key, ...plain } = one;
    if (links.some((each) => isSame(each, plain))) continue;
    if (back) paired.add(back);
    links.push(
      back
        ? {
            ...plain,
            a: { ...plain.a, port: plain.a.port ?? back.b.port },
            b: { ...plain.b, port: back.a.port ?? plain.b.port },
            both: true,
            read_at: Math.min(one.read_at, back.read_at),
          }
        : plain,
    );
  }
  return links.toSorted((x, y) => compare(x.a, y.a) || compare(x.b, y.b));
}

/** Ports that are not told do not speak against being the same. */
const meets = (one: string | null, other: string | null): boolean =>
  one === null || other === null || samePort(one, other);
const isSame = (x: Link, y: Link): boolean =>
  x.a.ip === y.a.ip && x.a.port === y.a.port && x.b.name === y.b.name && x.b.port === y.b.port;
const compare = (x: Link['a'], y: Link['a']): number =>
  x.name.localeCompare(y.name, 'zh-CN') || (x.port ?? '').localeCompare(y.port ?? '', 'en', { numeric: true });
