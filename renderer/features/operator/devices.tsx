/** Every laptop that ever joined: its person, role and areas, when it was here, and ending its access. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { StoreDevice } from '../../../shared/sync/operator.ts';
import type { Grant } from '../../../shared/sync/roles.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { fresh } from './fresh.ts';
import { GrantFields, useAreaNames } from './grant-fields.tsx';

export function Devices({ onChanged }: { onChanged: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const names = useAreaNames();
  const own = useQuery(rpc.system.state.queryOptions()).data?.setup?.machine;
  const [changing, setChanging] = useState<StoreDevice | null>(null);
  const list = useQuery({ ...rpc.operator.devices.queryOptions(), ...fresh });
  if (list.error) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const done = (ok: boolean, words: string): void => {
    say.done(ok ? words : t('operator.gone'));
    void list.refetch();
    onChanged();
  };
  const revoke = async (machine: string): Promise<void> => {
    try {
      done((await client.operator.revoke({ machine })).done, t('operator.revokeDone'));
    } catch (error) {
      say.failed(error);
    }
  };
  const isOwn = ({ machine, revoked_at }: StoreDevice): boolean => machine === own && revoked_at === null;
  const placesOf = ({ areas }: StoreDevice): string =>
    areas === null ? t('operator.allAreas') : areas.map((id) => names.get(id) ?? '—').join('；');
  return (
    <table className="operator-table">
      <thead>
        <tr>
          {(['machine', 'technician'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`operator.${name}`)}
            </th>
          ))}
          <th scope="col">{t('roles.role')}</th>
          <th scope="col">{t('roles.areas')}</th>
          {(['enrolled', 'seen', 'state'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`operator.${name}`)}
            </th>
          ))}
          <th aria-label={t('common.more')} />
        </tr>
      </thead>
      <tbody>
        {list.data.devices.map((device) => (
          <tr key={`${device.machine} ${device.enrolled_at}`}>
            <td>
              <span className="mono">{device.machine}</span>{' '}
              {isOwn(device) ? <State tone="work">{t('operator.ownRow')}</State> : null}
            </td>
            <td>{device.technician}</td>
            <td>{t(`roles.${device.role}`)}</td>
            <td>{placesOf(device)}</td>
            <td>{showMoment(device.enrolled_at)}</td>
            <td>{device.seen_at === null ? t('operator.never') : showMoment(device.seen_at)}</td>
            <td>
              {device.revoked_at === null ? (
                <State tone="good">{t('operator.active')}</State>
              ) : (
                <State tone="off">{t('operator.revoked', { at: showMoment(device.revoked_at) })}</State>
              )}{' '}
              {device.waiting > 0 ? <State tone="warn">{t('operator.waiting', { n: device.waiting })}</State> : null}
            </td>
            <td>
              {device.revoked_at === null ? (
                <>
                  <Button size="small" onClick={() => setChanging(device)}>
                    {t('operator.change')}
                  </Button>{' '}
                  <Popconfirm
                    title={t(isOwn(device) ? 'operator.revokeOwn' : 'operator.revokeAsk', {
                      machine: device.machine,
                      name: device.technician,
                    })}
                    okText={t('operator.revoke')}
                    cancelText={t('common.cancel')}
                    okButtonProps={{ danger: true }}
                    styles={{ root: { maxWidth: 360 } }}
                    onConfirm={() => void revoke(device.machine)}
                  >
                    <Button size="small" danger>
                      {t('operator.revoke')}
                    </Button>
                  </Popconfirm>
                </>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
      {changing ? (
        <ChangeDialog
          device={changing}
          own={isOwn(changing)}
          onDone={(ok) => {
            setChanging(null);
            done(ok, t('operator.changed'));
          }}
          onClose={() => setChanging(null)}
        />
      ) : null}
    </table>
  );
}

interface ChangeDialogProps {
  readonly device: StoreDevice;
  /** It is this very computer. */
  readonly own: boolean;
  readonly onDone: (ok: boolean) => void;
  readonly onClose: () => void;
}

function ChangeDialog({ device, own, onDone, onClose }: ChangeDialogProps): ReactNode {
  const t = useText();
  const [grant, setGrant] = useState<Grant>({ role: device.role, areas: device.areas });
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      const areas = grant.areas === null ? null : [...grant.areas];
      onDone((await client.operator.grant({ machine: device.machine, role: grant.role, areas })).done);
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <Modal
      open
      title={`${device.machine} · ${device.technician}`}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      onOk={() => void save()}
      onCancel={onClose}
      width={480}
    >
      <div className="form">
        <GrantFields grant={grant} onChange={setGrant} />
        {own && (grant.role !== 'admin' || grant.areas !== null) ? (
          <Alert type="warning" showIcon title={t('operator.grantOwn')} />
        ) : null}
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
