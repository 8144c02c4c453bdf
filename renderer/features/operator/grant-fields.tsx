/** Role and areas: what a code gives, or what a laptop is from now on. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useId, useMemo, type ReactNode } from 'react';
import { roles, type Grant } from '../../../shared/sync/roles.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';

/** Places asked for at a time. */
const PAGE = 1000;

async function allPlaces(signal: AbortSignal): Promise<Awaited<ReturnType<typeof client.locations.list>>['rows']> {
  const rows = [];
  for (;;) {
    const page = await client.locations.list({ offset: rows.length, limit: PAGE }, { signal });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

/** Places by id, each with its path from the top. */
export function useAreaNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['operator', 'places'],
    queryFn: ({ signal }) => allPlaces(signal),
    meta: { tables: ['locations'] },
  });
  return useMemo(() => {
    const byId = new Map(data?.map((row) => [row.id, row]));
    const pathOf = (id: string, depth = 0): string => {
      const row = byId.get(id);
      if (!row) return '';
      const above = row.parent_id !== null && depth < 12 ? pathOf(row.parent_id, depth + 1) : '';
      return above === '' ? row.name : `${above} / ${row.name}`;
    };
    return new Map([...byId.keys()].map((id) => [id, pathOf(id)]));
  }, [data]);
}

interface GrantFieldsProps {
  readonly grant: Grant;
  readonly onChange: (grant: Grant) => void;
}

export function GrantFields({ grant, onChange }: GrantFieldsProps): ReactNode {
  const t = useText();
  const id = useId();
  const names = useAreaNames();
  const places = useMemo(
    () =>
      [...names]
        .map(([value, label]) => ({ value, label }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'zh-CN', { numeric: true })),
    [names],
  );
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-role`}>{t('roles.role')}</label>
        <Select
          id={`${id}-role`}
          value={grant.role}
          options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
          onChange={(role) => onChange({ ...grant, role })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-areas`}>{t('operator.area')}</label>
        <Select
          id={`${id}-areas`}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={[...(grant.areas ?? [])]}
          placeholder={t('operator.allAreas')}
          options={places}
          onChange={(areas) => onChange({ ...grant, areas: areas.length === 0 ? null : areas })}
        />
      </div>
    </>
  );
}
