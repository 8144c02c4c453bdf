/** Places as one tree, with the assets of the chosen one beside it. Routes: `locations`, `locations/ID`. */
import { useQuery } from '@tanstack/react-query';
import { Input, Tree } from 'antd';
import { useMemo, useRef, useState, type Key, type ReactNode } from 'react';
import { useHeight } from '../ui/use-height.ts';
import { assets } from '../../shared/features/assets.ts';
import type { LocationNode } from '../../shared/features/locations.ts';
import type { FilterClause } from '../../shared/list.ts';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { RecordTable } from '../ui/table/record-table.tsx';
import { PlaceActions, PlaceForm, type PlaceEdit } from './place-edit.tsx';
import { WriteButton } from './sync/write-button.tsx';

interface Branch {
  readonly key: string;
  readonly node: LocationNode;
  /** Assets here and below. */
  readonly count: number;
  readonly children: Branch[];
}

/** The flat tree as branches; `wanted` keeps only places whose path holds the text, with what is above them. */
export function branchesOf(nodes: readonly LocationNode[], wanted = ''): Branch[] {
  const byParent = Map.groupBy(nodes, ({ parent_id }) => parent_id);
  const known = new Set(nodes.map(({ id }) => id));
  const below = (parent: readonly LocationNode[]): Branch[] =>
    parent.flatMap((node) => {
      const children = below(byParent.get(node.id) ?? []);
      const hit = wanted === '' || node.name.toLowerCase().includes(wanted) || children.length > 0;
      return hit
        ? [{ key: node.id, node, children, count: node.assets + children.reduce((sum, child) => sum + child.count, 0) }]
        : [];
    });
  return below(nodes.filter(({ parent_id }) => parent_id === null || !known.has(parent_id)));
}

const columns = [
  'tag',
  'name',
  'category',
  'model',
  'status',
  'user_id',
  { field: 'location_id', width: 200 },
  'ip',
  'mac',
] as const;

export function LocationsScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const [edit, setEdit] = useState<PlaceEdit | null>(null);
  const tree = useQuery(rpc.locations.tree.queryOptions({ meta: { tables: ['locations', 'assets'] } }));
  const chosen = tree.data?.find(({ id }) => id === rest[0]) ?? null;
  const id = chosen?.id;
  const base = useMemo<FilterClause[]>(
    () => (id === undefined ? [] : [{ field: 'location_id', op: 'equals', value: id }]),
    [id],
  );
  const add = (
    <WriteButton type="primary" onClick={() => setEdit({ parent: chosen, id: null })}>
      {t(chosen ? 'locations.newBelow' : 'locations.new')}
    </WriteButton>
  );
  return (
    <Page actions={add}>
      {tree.error ? <Failed error={tree.error} retry={() => void tree.refetch()} /> : null}
      {tree.isPending ? <Loading /> : null}
      {tree.data?.length === 0 ? (
        <Empty title={t('locations.emptyTitle')} hint={t('locations.emptyHint')}>
          <WriteButton onClick={() => setEdit({ parent: null, id: null })}>{t('locations.new')}</WriteButton>
        </Empty>
      ) : null}
      {tree.data && tree.data.length > 0 ? (
        <div className="split">
          <PlaceTree nodes={tree.data} chosen={chosen} />
          <section className="split-main" aria-label={t('locations.assetsHere')}>
            {chosen ? (
              <>
                <div className="split-head">
                  <h2>{chosen.path}</h2>
                  <PlaceActions node={chosen} onEdit={() => setEdit({ parent: null, id: chosen.id })} />
                </div>
                <RecordTable
                  key={chosen.id}
                  id="place-assets"
                  record={assets}
                  list={rpc.assets.list}
                  columns={columns}
                  base={base}
                  search={false}
                  lead={<span className="grid-note">{t('assets.below')}</span>}
                  empty={<Empty title={t('locations.noAssets')} />}
                  onOpen={(row) => go(`assets/${row.id}`)}
                />
              </>
            ) : (
              <Empty title={t('locations.pick')} />
            )}
          </section>
        </div>
      ) : null}
      <PlaceForm edit={edit} nodes={tree.data ?? []} onClose={() => setEdit(null)} />
    </Page>
  );
}

const showBranch = ({ node, count }: Branch): ReactNode => (
  <span className="place">
    <span className="place-name">{node.name}</span>
    <span className="place-count">{count > 0 ? count.toLocaleString() : ''}</span>
  </span>
);

function PlaceTree({ nodes, chosen }: { nodes: readonly LocationNode[]; chosen: LocationNode | null }): ReactNode {
  const t = useText();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState<Key[] | null>(null);
  const wanted = text.trim().toLowerCase();
  const branches = useMemo(() => branchesOf(nodes, wanted), [nodes, wanted]);
  const scroller = useRef<HTMLDivElement>(null);
  const height = useHeight(scroller);
  // One campus stands open down to its buildings' floors; of many only their buildings. A search opens everything it found.
  const first = useMemo(() => {
    const campuses = nodes.filter(({ kind }) => kind === 'campus');
    const alone = campuses.length <= 1;
    return nodes.filter(({ kind }) => kind === 'campus' || (alone && kind === 'building')).map(({ id }) => id);
  }, [nodes]);
  const expanded = wanted === '' ? (opened ?? first) : nodes.map(({ id }) => id);
  return (
    <aside className="split-side" aria-label={t('locations.tree')}>
      <Input
        className="split-search"
        allowClear
        placeholder={t('locations.filter')}
        aria-label={t('locations.filter')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {branches.length === 0 ? <Empty title={t('locations.nothingFound')} /> : null}
      <div className="split-scroll" ref={scroller}>
        <Tree<Branch>
          blockNode
          height={height}
          treeData={branches}
          expandedKeys={expanded}
          selectedKeys={chosen ? [chosen.id] : []}
          onExpand={(keys) => setOpened(keys)}
          onSelect={(keys) => {
            const [key] = keys;
            if (key !== undefined) go(`locations/${String(key)}`);
          }}
          titleRender={showBranch}
        />
      </div>
    </aside>
  );
}
