/** One line a cable, out of what devices say, what the register of cables says, and what forwarding tables let one conclude. Pure. */
import { samePort } from '../../port-name.ts';
import type { Proof, TopologyLink } from '../topology.ts';

export interface Told {
  readonly a: string;
  readonly b: string;
  readonly a_port: string | null;
  readonly b_port: string | null;
}
export interface Cabled extends Told {
  readonly label: string | null;
  readonly medium: TopologyLink['medium'];
  readonly redundant: boolean;
}
export type Joined = Cabled & { readonly proofs: readonly Proof[]; readonly conflict: string | null };

const meets = (one: string | null, other: string | null): boolean =>
  one === null || other === null || samePort(one, other);
const turned = <T extends Told>(link: T): T => ({
  ...link,
  a: link.b,
  b: link.a,
  a_port: link.b_port,
  b_port: link.a_port,
});
/** The link, its ends in the order of another between the same devices; null where it is between others, or at other ports. */
function alike<T extends Told>(link: T, other: Told): T | null {
  const way =
    link.a === other.a && link.b === other.b ? link : link.a === other.b && link.b === other.a ? turned(link) : null;
  return way && meets(way.a_port, other.a_port) && meets(way.b_port, other.b_port) ? way : null;
}
/** The same port of the same device, and another device at the far end. */
function quarrel(one: Told, other: Told): { mine: string; theirs: string; port: string | null } | null {
  for (const x of [one, turned(one)])
    for (const y of [other, turned(other)])
      if (x.a === y.a && x.a_port !== null && y.a_port !== null && samePort(x.a_port, y.a_port) && x.b !== y.b)
        return { mine: x.b, theirs: y.b, port: y.b_port };
  return null;
}

/** `nameOf` words the device of a contradiction. */
export function joinLinks(
  told: readonly Told[],
  cabled: readonly Cabled[],
  inferred: readonly Told[],
  nameOf: (id: string) => string,
): Joined[] {
  const plain = { label: null, medium: null, redundant: false, conflict: null };
  const links: Joined[] = told.map((each) => ({ ...plain, ...each, proofs: ['lldp'] }));
  const exact = (each: Told): number => Number(each.a_port !== null) + Number(each.b_port !== null);
  for (const cable of cabled.toSorted((x, y) => exact(y) - exact(x))) {
    const at = links.findIndex(
      (link) => link.proofs.length === 1 && link.proofs[0] === 'lldp' && alike(cable, link) !== null,
    );
    const link = links[at];
    if (link) {
      const same = alike(cable, link) ?? cable;
      links[at] = {
        ...link,
        a_port: link.a_port ?? same.a_port,
        b_port: link.b_port ?? same.b_port,
        label: cable.label,
        medium: cable.medium,
        redundant: cable.redundant,
        proofs: ['lldp', 'cable'],
      };
      continue;
    }
    const against = links.findIndex((each) => each.proofs[0] === 'lldp' && quarrel(cable, each) !== null);
    const other = links[against];
    const why = other ? quarrel(cable, other) : null;
    if (other && why) links[against] = { ...other, conflict: nameOf(why.mine) };
    links.push({
      ...cable,
      proofs: ['cable'],
      conflict: why ? [nameOf(why.theirs), why.port].filter(Boolean).join(' ') : null,
    });
  }
  for (const each of inferred)
    if (!links.some(({ a, b }) => (a === each.a && b === each.b) || (a === each.b && b === each.a)))
      links.push({ ...plain, ...each, proofs: ['forwarding'] });
  return links;
}

export interface Carrying {
  readonly device: string;
  readonly port: string;
  /** Devices whose own cards were seen there. */
  readonly carries: ReadonlySet<string>;
}
/** Switches that see each other, with none between them that both see on these ports. */
export function inferLinks(ports: readonly Carrying[]): Told[] {
  const found: Told[] = [];
  for (const one of ports)
    for (const other of ports) {
      if (one.device >= other.device || !one.carries.has(other.device) || !other.carries.has(one.device)) continue;
      const between = [...one.carries].some(
        (id) => id !== other.device && other.carries.has(id) && splits(ports, id, one.device, other.device),
      );
      if (!between) found.push({ a: one.device, b: other.device, a_port: one.port, b_port: other.port });
    }
  return found;
}
/** A device stands between two others when it sees them on different ports. */
function splits(ports: readonly Carrying[], id: string, a: string, b: string): boolean {
  const own = ports.filter(({ device }) => device === id);
  const at = (other: string): string | undefined => own.find(({ carries }) => carries.has(other))?.port;
  return at(a) !== undefined && at(b) !== undefined && at(a) !== at(b);
}
