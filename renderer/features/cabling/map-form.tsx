/** Joins a run of places with outlets or ports; shows first what would be joined with what. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Input, Segmented, Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { panels } from '../../../shared/features/cabling.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { State } from '../../ui/state.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { Ask, Line } from './ask.tsx';
import { traceTables } from './trace-tables.ts';

export function MapForm({ panel, onClose }: { panel: RowOf<typeof panels>; onClose: () => void }): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const all = `1-${panel.ports}`;
  const [form, setForm] = useState({
    target: 'outlets' as 'outlets' | 'ports',
    range: all,
    target_range: all,
    prefix: '',
  });
  const [room, setRoom] = useState<string | null>(null);
  const [device, setDevice] = useState<string | null>(null);
  const { data: switches = [] } = useQuery(rpc.cabling.switches.queryOptions({ meta: { tables: traceTables } }));
  const targetId = form.target === 'outlets' ? room : device;
  const ready = targetId !== null && (form.target === 'ports' || form.prefix.trim() !== '');
  const mapping = { panel_id: panel.id, target_id: targetId ?? '', ...form, prefix: form.prefix.trim() };
  const asked = useDeferredValue(JSON.stringify(mapping));
  const look = useQuery({
    ...rpc.cabling.map.queryOptions({
      input: { ...(JSON.parse(asked) as typeof mapping), dry: true },
      meta: { tables: traceTables },
      retry: false,
    }),
    enabled: ready,
  });
  const rows = ready ? (look.data?.rows ?? []) : [];
  const bad = rows.filter(({ problem }) => problem !== null);
  const change = (changed: Partial<typeof form>): void => setForm({ ...form, ...changed });
  return (
    <Ask
      title={`${t('cabling.map')} · ${panel.code}-${panel.name}`}
      ok={t('cabling.map_do', { count: rows.length })}
      ready={rows.length > 0 && bad.length === 0 && !look.error}
      width={720}
      onClose={onClose}
      run={async () => {
        const { rows: made, batch } = await client.cabling.map({ ...mapping, dry: false });
        if (batch !== null) undoable.done(t('cabling.mapped', { count: made.length }), batch);
      }}
    >
      <Segmented<'outlets' | 'ports'>
        aria-label={t('cabling.map')}
        value={form.target}
        options={[
          { value: 'outlets', label: t('cabling.map_rear') },
          { value: 'ports', label: t('cabling.map_front') },
        ]}
        onChange={(target) => change({ target })}
      />
      {form.target === 'outlets' ? (
        <div className="cab-row">
          <Line label={t('cabling.map_room')}>
            <RefPicker table="locations" label={t('cabling.map_room')} value={room} onChange={setRoom} />
          </Line>
          <Line label={t('cabling.map_prefix')}>
            <Input
              className="mono"
              value={form.prefix}
              maxLength={34}
              onChange={(event) => change({ prefix: event.target.value })}
            />
          </Line>
        </div>
      ) : (
        <Line label={t('cabling.map_switch')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('cabling.map_switch')}
            value={device}
            options={switches
              .filter(({ ports }) => ports > 0)
              .map(({ id, title, place }) => ({ value: id, label: `${title} · ${place}` }))}
            onChange={setDevice}
          />
        </Line>
      )}
      <div className="cab-row">
        <Line label={t('cabling.map_places')}>
          <Input value={form.range} maxLength={60} onChange={(event) => change({ range: event.target.value })} />
        </Line>
        <Line label={t(form.target === 'outlets' ? 'cabling.map_outlets' : 'cabling.map_ports')}>
          <Input
            value={form.target_range}
            maxLength={60}
            onChange={(event) => change({ target_range: event.target.value })}
          />
        </Line>
      </div>
      {ready && look.error ? <Alert type="warning" showIcon title={sentenceOf(look.error, t)} /> : null}
      {rows.length > 0 ? (
        <>
          <p aria-live="polite">
            {bad.length > 0 ? (
              <State tone="bad">{t('cabling.map_bad', { count: bad.length })}</State>
            ) : (
              <State tone="good">{t('cabling.map_ok', { count: rows.length })}</State>
            )}
          </p>
          <section className="map-look" aria-label={t('cabling.map_look')}>
            <table className="sw-table">
              <tbody>
                {rows.map((row) => (
                  <tr key={row.position}>
                    <th scope="row" className="num">
                      {row.position}
                    </th>
                    <td className="mono">
                      {row.target} {row.fresh ? <State tone="work">{t('cabling.map_new')}</State> : null}
                    </td>
                    <td className="mono">{row.label}</td>
                    <td>
                      {row.problem === null ? (
                        t('cabling.joins')
                      ) : (
                        <State tone="bad">{t(`cabling.problem.${row.problem}`, { holder: row.holder ?? '' })}</State>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      ) : null}
    </Ask>
  );
}
