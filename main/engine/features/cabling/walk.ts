/** From one end along the cables: through panels from side to side, until a port, an outlet, a device, or where the record ends. */
import { type Cable, type CableEnd, otherSide } from '../../../../shared/features/cabling/ends.ts';
import type { ReadDb } from '../../db.ts';
import { cablesAt, farEnd } from './ends.ts';

export interface Step {
  /** The cable taken to get there. */
  readonly cable: Cable;
  /** Null: the cable's other end is not known. */
  readonly end: CableEnd | null;
}
/** No building has more panels in a row; ends loops that two laptops made. */
const LONGEST = 12;

/** Steps in order. A panel is one step, at the side that was arrived at. */
export function walk(db: ReadDb, start: CableEnd): Step[] {
  const steps: Step[] = [];
  let at: CableEnd | null = start;
  while (at !== null && steps.length < LONGEST) {
    const [cable] = cablesAt(db, at);
    if (!cable || steps.some((step) => step.cable.id === cable.id)) break;
    const end: CableEnd | null = farEnd(cable, at);
    steps.push({ cable, end });
    at = end?.kind === 'panel' ? { ...end, side: otherSide(end.side) } : null;
  }
  return steps;
}

/** Cables between devices: the topology as it is laid. */
interface DeviceCable {
  readonly cable: string;
  readonly label: string | null;
  readonly medium: string | null;
  readonly redundant: number | null;
  readonly a: string;
  readonly a_port: string | null;
  readonly b: string;
  readonly b_port: string | null;
}
export const deviceCables = (db: ReadDb): DeviceCable[] =>
  db.all(`
    SELECT c.id AS cable, c.label, c.medium, c.redundant, COALESCE(pa.asset_id, c.a_asset_id) AS a, pa.name AS a_port,
      COALESCE(pb.asset_id, c.b_asset_id) AS b, pb.name AS b_port
    FROM cables c LEFT JOIN switch_ports pa ON pa.id = c.a_port_id LEFT JOIN switch_ports pb ON pb.id = c.b_port_id
    WHERE c.deleted_at IS NULL AND COALESCE(pa.asset_id, c.a_asset_id) IS NOT NULL AND COALESCE(pb.asset_id, c.b_asset_id) IS NOT NULL
    ORDER BY c.id`);

/** Where a unit's network ends. */
const EDGE = "'firewall', 'router'";

/**
 * The next device on the shortest way from a switch out of the unit; where no firewall or router is joined to it, the only neighbour it
 * has. Null when nothing is recorded, or what is recorded does not say.
 */
export function uplinkOf(db: ReadDb, from: string): { asset: string; cable: DeviceCable } | null {
  const links = deviceCables(db);
  const edges = new Set(
    db
      .all<{ id: string }>(`SELECT id FROM assets WHERE category IN (${EDGE}) AND deleted_at IS NULL`)
      .map(({ id }) => id),
  );
  const neighbours = (id: string) =>
    links.flatMap((cable) =>
      cable.a === id ? [{ asset: cable.b, cable }] : cable.b === id ? [{ asset: cable.a, cable }] : [],
    );
  const first = neighbours(from);
  const seen = new Set([from]);
  let reached = first.map((step) => ({ at: step.asset, step }));
  while (reached.length > 0) {
    const home = reached.find(({ at }) => edges.has(at));
    if (home) return home.step;
    for (const { at } of reached) seen.add(at);
    const next = reached.flatMap(({ at, step }) =>
      neighbours(at).flatMap(({ asset }) => (seen.has(asset) ? [] : [{ at: asset, step }])),
    );
    reached = [...new Map(next.map((each) => [each.at, each])).values()];
  }
  return new Set(first.map(({ asset }) => asset)).size === 1 ? (first[0] ?? null) : null;
}
