/**
 * what the addresses in use lack, by department and by building; every count opens its rows. Routes: `completeness`,
 * `completeness/phone?department=…` (`building=…`; an empty value = without one).
 */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { bindings } from '../../../shared/features/ipam.ts';
import { gapKinds, type GapGroup, type GapKind } from '../../../shared/features/upkeep.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import type { ListSource } from '../../ui/table/rows.ts';
import './completeness.css';

type Group = 'department' | 'building';
const TABLES = ['bindings', 'people', 'locations'];
const columns = [
  'ip',
  'state',
  { field: 'person_id', width: 144 },
  { field: 'location_id', width: 192 },
  'mac',
  { field: 'hostname', width: 144 },
  { field: 'outlet', width: 96 },
  { field: 'switch_name', width: 120 },
  { field: 'opened_on', width: 104 },
] as const;
const isGap = (text: string | undefined): text is GapKind => gapKinds.some((gap) => gap === text);

export function CompletenessScreen({ rest, query }: ScreenProps): ReactNode {
  const gap = rest[0];
  return isGap(gap) ? <Rows key={JSON.stringify([gap, query])} gap={gap} query={query} /> : <Counts />;
}

function Counts(): ReactNode {
  const t = useText();
  const [by, setBy] = useState<Group>('department');
  const { data, error, refetch } = useQuery(rpc.upkeep.gaps.queryOptions({ meta: { tables: TABLES } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.rows === 0)
    return (
      <Page>
        <Empty title={t('gaps.noneTitle')} hint={t('gaps.noneHint')} />
      </Page>
    );
  const groups = by === 'department' ? data.departments : data.buildings;
  const none = by === 'department' ? t('gaps.noDepartment') : t('gaps.noBuilding');
  return (
    <Page scroll>
      <div className="gaps">
        <header className="gaps-head">
          <p>
            {t('gaps.sum', {
              rows: data.rows.toLocaleString(),
              whole: data.whole.toLocaleString(),
              percent: Math.floor((data.whole / data.rows) * 100),
            })}
          </p>
          <Segmented<Group>
            value={by}
            options={[
              { value: 'department', label: t('gaps.departments') },
              { value: 'building', label: t('gaps.buildings') },
            ]}
            onChange={setBy}
          />
        </header>
        <table className="gaps-table">
          <thead>
            <tr>
              <th scope="col">{t(by === 'department' ? 'field.people.department' : 'gaps.building')}</th>
              <th scope="col">{t('gaps.rows')}</th>
              <th scope="col">{t('gaps.whole')}</th>
              {gapKinds.map((gap) => (
                <th key={gap} scope="col">
                  {t(`gaps.${gap}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line name={t('gaps.everything')} group={data} path={(gap) => `completeness/${gap}`} whole />
            {groups.map((group) => (
              <Line
                key={group.id ?? ''}
                name={group.name || none}
                group={group}
                path={(gap) => `completeness/${gap}?${by}=${encodeURIComponent(group.id ?? '')}`}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
}

function Line({
  name,
  group,
  path,
  whole = false,
}: {
  name: string;
  group: Pick<GapGroup, 'rows' | 'whole' | 'gaps'>;
  path: (gap: GapKind) => string;
  whole?: boolean;
}): ReactNode {
  const t = useText();
  return (
    <tr className={whole ? 'gaps-total' : undefined}>
      <th scope="row">{name}</th>
      <td>{group.rows.toLocaleString()}</td>
      <td>{group.whole.toLocaleString()}</td>
      {gapKinds.map((gap) => (
        <td key={gap}>
          {group.gaps[gap] === 0 ? (
            <span className="gaps-none">0</span>
          ) : (
            <a
              href={`#/${path(gap)}`}
              aria-label={t('gaps.open', { where: name, gap: t(`gaps.${gap}`), n: group.gaps[gap] })}
            >
              {group.gaps[gap].toLocaleString()}
            </a>
          )}
        </td>
      ))}
    </tr>
  );
}

type Binding = RowOf<typeof bindings>;

function Rows({ gap, query }: { gap: GapKind; query: ScreenProps['query'] }): ReactNode {
  const t = useText();
  const { department, building } = query;
  const list = useMemo((): ListSource<Binding> => {
    const where = {
      ...(department === undefined ? {} : { department: department || null }),
      ...(building === undefined ? {} : { building: building || null }),
    };
    return { call: (input, options) => client.upkeep.gapRows({ ...input, ...where, gap }, options) };
  }, [gap, department, building]);
  const { data: place } = useQuery({
    ...rpc.search.title.queryOptions({ input: { table: 'locations', id: building ?? '' } }),
    enabled: Boolean(building),
  });
  const where =
    department !== undefined
      ? department || t('gaps.noDepartment')
      : building !== undefined
        ? (place?.title ?? t('gaps.noBuilding'))
        : t('gaps.everything');
  return (
    <Page actions={<Button onClick={() => go('completeness')}>{t('gaps.back')}</Button>}>
      <RecordTable
        id="gap-rows"
        record={bindings}
        list={list}
        asks={JSON.stringify([gap, department, building])}
        columns={columns}
        tables={TABLES}
        onOpen={(row) =>
          go(gap === 'phone' || gap === 'letter' ? `people/${row.person_id}` : `addresses/${row.id}/edit`)
        }
        lead={<strong>{t('gaps.list', { where, gap: t(`gaps.${gap}`) })}</strong>}
        empty={<Empty title={t('gaps.emptyTitle')} hint={t('gaps.emptyHint')} />}
      />
    </Page>
  );
}
