/** Two records of one device side by side: which one stays, and of every field in which they differ, whose value. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Modal, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { assets } from '../../../shared/features/assets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { fieldLabel, keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { valueText } from '../../ui/table/columns.tsx';
import { useUndoable } from '../ipam/undo.tsx';

type Asset = RowOf<typeof assets>;
type Side = 0 | 1;

interface MergeProps {
  readonly ids: readonly [string, string] | null;
  readonly onClose: () => void;
  readonly onMerged: (id: string) => void;
}
export function MergeDialog({ ids, onClose, onMerged }: MergeProps): ReactNode {
  return ids === null ? null : <Open key={ids.join(' ')} ids={ids} onClose={onClose} onMerged={onMerged} />;
}

const blank = (value: unknown): boolean => value === null || value === undefined || value === '';
const fields = Object.keys(assets.fields).filter((name) => name !== 'merged_into_id') as (keyof Asset)[];

function Open({ ids, onClose, onMerged }: MergeProps & { readonly ids: readonly [string, string] }): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const { data, error, refetch } = useQuery(
    rpc.assets.pair.queryOptions({ input: { ids: [...ids] }, meta: { tables: ['assets', 'bindings', 'tickets'] } }),
  );
  const [keep, setKeep] = useState<Side>(0);
  const [picked, setPicked] = useState<Readonly<Partial<Record<keyof Asset, Side>>>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const differing = data ? fields.filter((name) => data.rows[0][name] !== data.rows[1][name]) : [];
  // Nobody chose yet: the record that stays, or whichever says anything at all.
  const sideOf = (name: keyof Asset): Side =>
    picked[name] ?? (data && blank(data.rows[keep][name]) ? (keep === 0 ? 1 : 0) : keep);
  const merge = async (): Promise<void> => {
    if (!data) return;
    setBusy(true);
    setFailure(null);
    try {
      const [kept, dropped] = keep === 0 ? ids : [ids[1], ids[0]];
      const { batch } = await client.assets.merge({
        keep: kept,
        drop: dropped,
        take: differing.filter((name) => sideOf(name) !== keep),
      });
      undoable.done(t('assets.merged'), batch);
      onMerged(kept);
    } catch (cause) {
      setFailure(sentenceOf(cause, t));
    } finally {
      setBusy(false);
    }
  };
  const shown = (side: Side, name: keyof Asset): string =>
    data
      ? valueText({
          t,
          table: 'assets',
          name,
          field: assets.fields[name as keyof typeof assets.fields],
          value: data.rows[side][name],
          refs: data.refs,
        })
      : '';
  const linked = (side: Side): string => {
    const list = data?.pointed[side] ?? [];
    if (list.length === 0) return t('assets.mergeNone');
    return list.map(({ table, n }) => `${t(keyOf(`record.${table}`) ?? 'sync.recordOther')} ${n}`).join(' · ');
  };
  return (
    <Modal
      open
      title={t('assets.mergeTitle')}
      okText={t('assets.merge')}
      cancelText={t('common.cancel')}
      onCancel={onClose}
      onOk={() => void merge()}
      okButtonProps={{ disabled: !data }}
      confirmLoading={busy}
      width={760}
    >
      <p>{t('assets.mergeHint')}</p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : null}
      {data ? (
        <div className="merge-scroll">
          <table className="merge-table">
            <thead>
              <tr>
                <th scope="col">{t('sync.field')}</th>
                {([0, 1] as const).map((side) => (
                  <th key={side} scope="col">
                    <Radio checked={keep === side} onChange={() => setKeep(side)}>
                      {t('assets.mergeKeep')}
                    </Radio>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differing.map((name) => (
                <tr key={name}>
                  <th scope="row">{fieldLabel(t, 'assets', name)}</th>
                  {([0, 1] as const).map((side) => (
                    <td key={side}>
                      <Radio checked={sideOf(name) === side} onChange={() => setPicked({ ...picked, [name]: side })}>
                        {shown(side, name) || <span className="faint">{t('sync.nothing')}</span>}
                      </Radio>
                    </td>
                  ))}
                </tr>
              ))}
              <tr className="merge-linked">
                <th scope="row">{t('assets.mergeLinks')}</th>
                <td>{linked(0)}</td>
                <td>{linked(1)}</td>
              </tr>
            </tbody>
          </table>
          {differing.length === 0 ? <p>{t('assets.mergeSame')}</p> : null}
        </div>
      ) : error ? null : (
        <Loading />
      )}
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
    </Modal>
  );
}
