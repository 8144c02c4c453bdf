/** The map itself: zoomed and dragged by mouse or keys; a device that was moved keeps its place. */
import {
  Controls,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useNodesState,
  useReactFlow,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { dashes, lineKinds, lineWord } from '../../../shared/features/topology/lines.ts';
import type { TopologyMap } from '../../../shared/features/topology.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { edgeTypes, flowEdges, flowNodes, nodeTypes, shownIds, type DeviceNode } from './flow.tsx';
import { LinkSide, NodeSide } from './side.tsx';

interface CanvasProps {
  readonly map: TopologyMap;
  readonly building: string | null;
  readonly found: ReadonlySet<string> | null;
  readonly outline: boolean;
}
/** Arrow keys move in small steps: one commit for a run of them. */
const PIN_PAUSE_MS = 500;

export function Canvas(props: CanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Inner {...props} />
    </ReactFlowProvider>
  );
}

/** Places that came to rest, kept once the hand is still. */
function usePins(): (changes: readonly NodeChange<DeviceNode>[]) => void {
  const say = useSay();
  const waiting = useRef(new Map<string, { x: number; y: number }>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  return (changes) => {
    for (const change of changes)
      if (change.type === 'position' && change.dragging === false && change.position)
        waiting.current.set(change.id, change.position);
    if (waiting.current.size === 0) return;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const places = [...waiting.current].map(([id, spot]) => ({ id, ...spot }));
      waiting.current.clear();
      client.topology.pin({ places }).catch(say.failed);
    }, PIN_PAUSE_MS);
  };
}

function Inner({ map, building, found, outline }: CanvasProps): ReactNode {
  const t = useText();
  const flow = useReactFlow();
  const pin = usePins();
  const shown = useMemo(() => shownIds(map, building), [map, building]);
  const [nodes, setNodes, onNodesChange] = useNodesState<DeviceNode>([]);
  const edges = useMemo(() => flowEdges(map, shown, found), [map, shown, found]);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    setNodes((before) => {
      const selected = new Set(before.flatMap((node) => (node.selected ? [node.id] : [])));
      return flowNodes(map, shown, found, outline).map((node) => ({ ...node, selected: selected.has(node.id) }));
    });
  }, [map, shown, found, outline, setNodes]);
  const only = found?.size === 1 ? [...found][0] : undefined;
  useEffect(() => {
    void flow.fitView(only === undefined ? { padding: 0.08 } : { nodes: [{ id: only }], maxZoom: 1, padding: 2 });
  }, [flow, building, only]);
  const node = map.nodes.find(({ id }) => id === chosen);
  const link = map.links.find(({ id }) => id === chosen);
  return (
    <div className="topo">
      <div className="topo-map" role="region" aria-label={t('topology.canvas')}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={(changes) => {
            onNodesChange(changes);
            pin(changes);
          }}
          onNodeClick={(_, each) => setChosen(each.id)}
          onEdgeClick={(_, each) => setChosen(each.id)}
          onPaneClick={() => setChosen(null)}
          onSelectionChange={({ nodes: picked }) => {
            const [first] = picked;
            if (first) setChosen(first.id);
          }}
          fitView
          fitViewOptions={{ padding: 0.08 }}
          minZoom={0.05}
          maxZoom={2.5}
          nodesConnectable={false}
          deleteKeyCode={null}
          elevateNodesOnSelect={false}
          ariaLabelConfig={{
            'controls.ariaLabel': t('topology.title'),
            'controls.zoomIn.ariaLabel': t('topology.zoom_in'),
            'controls.zoomOut.ariaLabel': t('topology.zoom_out'),
            'controls.fitView.ariaLabel': t('topology.fit'),
            'node.a11yDescription.default': t('topology.keys'),
            'node.a11yDescription.keyboardDisabled': t('topology.keys'),
            'node.a11yDescription.ariaLiveMessage': () => t('topology.moved'),
            'edge.a11yDescription.default': t('topology.link'),
          }}
        >
          <Controls showInteractive={false} />
          <Panel position="top-right">
            <Legend />
          </Panel>
        </ReactFlow>
      </div>
      {node ? <NodeSide node={node} map={map} /> : link ? <LinkSide link={link} map={map} /> : null}
    </div>
  );
}

function Legend(): ReactNode {
  const t = useText();
  return (
    <details className="topo-legend" open>
      <summary>{t('topology.legend')}</summary>
      {lineKinds.map((kind) => (
        <div key={kind}>
          <svg width="44" height="8" aria-hidden="true">
            <line
              className={`topo-line topo-line-${kind}`}
              x1="0"
              y1="4"
              x2="44"
              y2="4"
              strokeWidth="2"
              strokeDasharray={dashes[kind]?.map((each) => each * 3).join(' ')}
            />
          </svg>
          {t(lineWord(kind))}
        </div>
      ))}
      <div className="field-hint">{t('topology.legend.width')}</div>
      <div className="field-hint">{t('topology.legend.spof')}</div>
    </details>
  );
}
