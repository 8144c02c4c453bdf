/** Gateways and key equipment of the register, to be added in one go. All are ticked: taking one out is the exception. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { MOST_WATCHED } from '../../../shared/features/watch.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useUndoable } from '../ipam/undo.tsx';

export function Suggest({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const { done } = useUndoable();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const { data, error, refetch } = useQuery(
    rpc.watch.suggest.queryOptions({ meta: { tables: ['watched_devices', 'subnets', 'assets', 'locations'] } }),
  );
  const chosen = (data ?? []).filter(({ device }) => !left.has(device.ip)).slice(0, MOST_WATCHED);
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      const { added, batch } = await client.watch.addAll({ devices: chosen.map(({ device }) => device) });
      done(t('watch.added', { n: added }), batch);
      onClose();
    } catch (failure) {
      say.failed(failure);
      setBusy(false);
    }
  };
  const turn = (ip: string, on: boolean): void => {
    const next = new Set(left);
    if (on) next.delete(ip);
    else next.add(ip);
    setLeft(next);
  };
  return (
    <Sheet
      open
      title={t('watch.suggest')}
      onClose={onClose}
      footer={
        <div className="form-foot">
          <span className="grid-space" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" disabled={chosen.length === 0} loading={busy} onClick={() => void add()}>
            {t('watch.suggest_add', { n: chosen.length })}
          </Button>
        </div>
      }
    >
      {error ? <Failed error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.length === 0 ? <Empty title={t('watch.suggest_none')} /> : null}
      {data && data.length > 0 ? (
        <>
          <p className="finding-lead">{t('watch.suggest_lead')}</p>
          <ul className="watch-suggest">
            {data.map(({ device, why, note }) => (
              <li key={device.ip}>
                <Checkbox checked={!left.has(device.ip)} onChange={({ target }) => turn(device.ip, target.checked)}>
                  <span className="mono watch-suggest-ip">{device.ip}</span>
                  {device.name}
                  <span className="cell-sub">
                    {[
                      why === 'gateway'
                        ? t('watch.why.gateway')
                        : optionLabel(t, 'watched_devices', 'kind', device.kind),
                      note,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </Checkbox>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Sheet>
  );
}
