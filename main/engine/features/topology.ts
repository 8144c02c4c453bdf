/** Topology: the map as it is known, places set by hand, and revisions that are frozen, printed and compared. */
import { topologyNodes, type TopologyMap } from '../../../shared/features/topology.ts';
import { portKey } from '../../../shared/port-name.ts';
import { os } from '../rpc.ts';
import { pinnedSpots, topologyOf } from './topology/map.ts';
import { draftPaper, freezeTopology, frozenMap, lastRevision, revisionsOf } from './topology/paper.ts';

type Line = { a: string; a_port: string | null; b: string; b_port: string | null };
/** Links by the devices and ports they join, whichever end is named first. */
function linesOf({ nodes, links }: TopologyMap): Map<string, Line> {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const end = (id: string, port: string | null): string => `${id} ${port === null ? '' : portKey(port)}`;
  return new Map(
    links.map(({ a, b, a_port, b_port }) => [
      [end(a, a_port), end(b, b_port)].toSorted().join(' | '),
      { a: names.get(a) ?? '', a_port, b: names.get(b) ?? '', b_port },
    ]),
  );
}
const without = <T>(from: ReadonlyMap<string, T>, others: ReadonlyMap<string, unknown>): T[] =>
  [...from].flatMap(([key, value]) => (others.has(key) ? [] : [value]));

export const topologyRouter = os.topology.router({
  map: os.topology.map.handler(({ context: { engine } }) => {
    const map = topologyOf(engine.db);
    const buildings = [...new Set(map.nodes.flatMap(({ building }) => building ?? []))].toSorted((a, b) =>
      a.localeCompare(b, 'zh-CN'),
    );
    return { ...map, buildings, revision: lastRevision(engine.db) };
  }),
  pin: os.topology.pin.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('topology.pin', (tx) => {
      const before = pinnedSpots(tx);
      for (const { id, x, y } of input.places) {
        const spot = { x: Math.round(x), y: Math.round(y) };
        const row = before.get(id)?.row;
        if (row === undefined) tx.insert(topologyNodes, { asset_id: id, ...spot });
        else tx.patch(topologyNodes, row, spot);
      }
      return { pinned: input.places.length };
    });
    return { ...result, batch };
  }),
  unpin: os.topology.unpin.handler(({ input: { ids }, context: { engine } }) =>
    engine.command('topology.unpin', (tx) => {
      const rows = tx.all<{ id: string; asset_id: string }>(
        'SELECT id, asset_id FROM topology_nodes WHERE deleted_at IS NULL',
      );
      const gone = rows.filter(({ asset_id }) => ids.length === 0 || ids.includes(asset_id));
      for (const { id } of gone) tx.remove(topologyNodes, id);
      return { unpinned: new Set(gone.map(({ asset_id }) => asset_id)).size };
    }),
  ),
  freeze: os.topology.freeze.handler(({ context: { engine } }) =>
    engine.command('topology.freeze', (tx) => freezeTopology(tx, engine)),
  ),
  revisions: os.topology.revisions.handler(({ context: { engine } }) => revisionsOf(engine.db)),
  compare: os.topology.compare.handler(({ input: { from, to }, context: { engine } }) => {
    const before = frozenMap(engine.db, from);
    const after = to === null ? topologyOf(engine.db) : frozenMap(engine.db, to);
    const [was, is] = [linesOf(before), linesOf(after)];
    const names = (map: TopologyMap): Map<string, string> => new Map(map.nodes.map(({ id, name }) => [id, name]));
    return {
      added: without(is, was),
      removed: without(was, is),
      nodes_added: without(names(after), names(before)),
      nodes_removed: without(names(before), names(after)),
    };
  }),
  paper: os.topology.paper.handler(({ context: { engine } }) => draftPaper(engine)),
});
