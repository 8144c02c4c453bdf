/** Settings: the SNMP credentials of this laptop, what they are for, a trial, and the passphrase that seals them. */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Credential, Device } from '../../../shared/features/switches.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { CredentialForm } from './credential-form.tsx';
import { useForget, useVault, VaultDialog } from './vault.tsx';
import { deviceName, endTone } from './words.ts';
import './switches.css';

export function CredentialsPanel(): ReactNode {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(
    rpc.switches.credentials.queryOptions({ meta: { tables: ['_snmp_credentials'] } }),
  );
  return (
    <section className="setting">
      <div>
        <h3>{t('snmp.title')}</h3>
        <p className="field-hint">{t('snmp.about')}</p>
      </div>
      <div className="credentials">
        {error ? <Failed error={error} retry={() => void refetch()} /> : data ? null : <Loading />}
        {data?.length === 0 ? <p className="field-hint">{t('snmp.none')}</p> : null}
        {data && data.length > 0 ? (
          <ul className="credential-list">
            {data.map((credential) => (
              <OneCredential key={credential.id} credential={credential} />
            ))}
          </ul>
        ) : null}
        <div className="steps-row">
          <Button type={data?.length === 0 ? 'primary' : 'default'} onClick={() => setAdding(true)}>
            {t('snmp.add')}
          </Button>
          <VaultState />
        </div>
        <CredentialForm open={adding} onClose={() => setAdding(false)} />
      </div>
    </section>
  );
}

function VaultState(): ReactNode {
  const t = useText();
  const say = useSay();
  const [unlocking, setUnlocking] = useState(false);
  const forget = useForget(() => undefined);
  const { data } = useQuery(rpc.switches.vault.queryOptions({ meta: { tables: ['_vault', '_snmp_credentials'] } }));
  if (!data || data.state === 'none') return null;
  if (data.holder === 'login') return <span className="field-hint">{t('vault.holder.login')}</span>;
  const lock = async (): Promise<void> => {
    try {
      await client.switches.lock();
    } catch (error) {
      say.failed(error);
    }
  };
  const open = data.state === 'open';
  return (
    <>
      <State tone={open ? 'good' : 'off'}>{t(open ? 'vault.open' : 'vault.locked')}</State>
      <Button size="small" onClick={() => (open ? void lock() : setUnlocking(true))}>
        {t(open ? 'vault.lock' : 'vault.unlock')}
      </Button>
      {open ? null : (
        <Button size="small" type="text" onClick={forget}>
          {t('vault.forgot')}
        </Button>
      )}
      {unlocking ? (
        <VaultDialog ask="unlock" onClose={() => setUnlocking(false)} onOpen={() => setUnlocking(false)} />
      ) : null}
    </>
  );
}

function OneCredential({ credential }: { credential: Credential }): ReactNode {
  const t = useText();
  const say = useSay();
  const { modal } = App.useApp();
  const { guard, dialog } = useVault();
  const [ip, setIp] = useState('');
  const [trying, setTrying] = useState(false);
  const [tried, setTried] = useState<Device | null>(null);
  const { id, name, version, user, auth_protocol, priv_protocol, scope, port, answered_at } = credential;
  const remove = (): void =>
    void modal.confirm({
      icon: null,
      title: t('snmp.remove_sure', { name }),
      content: t('snmp.remove_after'),
      okText: t('snmp.remove'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: async () => {
        try {
          await client.switches.removeCredential({ id });
          say.done(t('snmp.removed'));
        } catch (error) {
          say.failed(error);
        }
      },
    });
  const attempt = async (): Promise<void> => {
    setTrying(true);
    setTried(null);
    await guard(async () => setTried(await client.switches.tryCredential({ id, ip })));
    setTrying(false);
  };
  return (
    <li className="credential">
      <div className="credential-head">
        <strong>{name}</strong>
        <span>
          {[version, user, auth_protocol?.toUpperCase(), priv_protocol?.toUpperCase()].filter(Boolean).join(' · ')}
        </span>
        {version === 'v2c' ? <State tone="warn">{t('snmp.v2c_mark')}</State> : null}
        <span className="grid-space" />
        <Button size="small" type="text" danger onClick={remove}>
          {t('snmp.remove')}
        </Button>
      </div>
      <div className="field-hint">
        <span className="mono">{scope.join('  ')}</span>
        {port === null ? null : <span className="mono"> · UDP {port}</span>}
        {' · '}
        {answered_at === null ? t('snmp.unused') : t('snmp.answered', { time: showMoment(answered_at) })}
      </div>
      <form
        className="credential-try"
        onSubmit={(event) => {
          event.preventDefault();
          if (ip.trim() !== '') void attempt();
        }}
      >
        <Input
          className="mono"
          size="small"
          maxLength={40}
          aria-label={t('snmp.try_ip')}
          placeholder={t('snmp.try_ip')}
          value={ip}
          onChange={(event) => setIp(event.target.value)}
        />
        <Button size="small" htmlType="submit" loading={trying} disabled={ip.trim() === ''}>
          {t('snmp.try')}
        </Button>
      </form>
      {tried?.last ? (
        <div className="credential-tried" aria-live="polite">
          <State tone={endTone[tried.last.end]}>{t(`switches.end.${tried.last.end}`)}</State>
          <span>
            {tried.last.end === 'complete'
              ? t('snmp.try_good', { name: deviceName(t, tried), ms: Math.round(tried.last.elapsed_ms) })
              : t(`switches.why.${tried.last.end}`)}
          </span>
        </div>
      ) : null}
      {dialog}
    </li>
  );
}
