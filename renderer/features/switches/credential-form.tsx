/** A new SNMP credential: v3 first, v2c with a warning, and where it may be sent. What is typed here is never shown again. */
import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { authProtocols, privProtocols, type CredentialDraft } from '../../../shared/features/switches.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useVault } from './vault.tsx';

const LEAST_KEY = 8;
const empty = {
  version: 'v3' as 'v3' | 'v2c',
  name: '',
  scope: '',
  port: null as number | null,
  community: '',
  user: '',
  auth: 'sha256' as (typeof authProtocols)[number] | 'none',
  authKey: '',
  priv: 'aes' as (typeof privProtocols)[number] | 'none',
  privKey: '',
};
type Typed = typeof empty;

const shown: Readonly<Record<string, string>> = {
  sha256: 'SHA-256',
  sha512: 'SHA-512',
  sha: 'SHA-1',
  md5: 'MD5',
  aes: 'AES-128',
  aes256: 'AES-256',
  des: 'DES',
};

const hasAuth = ({ auth }: Typed): boolean => auth !== 'none';
const hasPriv = (typed: Typed): boolean => hasAuth(typed) && typed.priv !== 'none';
const isReady = (typed: Typed): boolean =>
  typed.name.trim() !== '' &&
  typed.scope.trim() !== '' &&
  (typed.version === 'v2c'
    ? typed.community !== ''
    : typed.user.trim() !== '' &&
      (!hasAuth(typed) || typed.authKey.length >= LEAST_KEY) &&
      (!hasPriv(typed) || typed.privKey.length >= LEAST_KEY));

function draftOf(typed: Typed): CredentialDraft {
  const { name, port, version, community, user, auth, authKey, priv, privKey } = typed;
  const scope = typed.scope.split(/[\s,;，；、]+/).filter((text) => text !== '');
  if (version === 'v2c') return { version, name, scope, port, community };
  return {
    version,
    name,
    scope,
    port,
    user,
    auth:
      auth === 'none'
        ? null
        : {
            protocol: auth,
            key: authKey,
          },
    priv:
      auth === 'none' || priv === 'none'
        ? null
        : {
            protocol: priv,
            key: privKey,
          },
  };
}

export function CredentialForm({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const [typed, setTyped] = useState(empty);
  const [busy, setBusy] = useState(false);
  const { guard, dialog } = useVault();
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const close = (): void => {
    setTyped(empty);
    onClose();
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    await guard(async () => {
      await client.switches.addCredential(draftOf(typed));
      say.done(t('snmp.added'));
      close();
    });
    setBusy(false);
  };
  const field = (name: string, label: string, control: ReactNode, hint?: string): ReactNode => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      {control}
      {hint === undefined ? null : <span className="field-hint">{hint}</span>}
    </div>
  );
  const key = (name: 'authKey' | 'privKey', label: string): ReactNode =>
    field(
      name,
      label,
      <Input.Password
        id={`${id}-${name}`}
        autoComplete="off"
        maxLength={128}
        value={typed[name]}
        status={typed[name] !== '' && typed[name].length < LEAST_KEY ? 'warning' : ''}
        onChange={(event) => set({ [name]: event.target.value })}
      />,
      t('snmp.key_short'),
    );
  return (
    <Sheet
      open={open}
      title={t('snmp.add')}
      onClose={close}
      footer={
        <div className="vault-foot">
          <span className="grid-space" />
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!isReady(typed)} onClick={() => void save()}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <form
        className="credential-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady(typed)) void save();
        }}
      >
        {field(
          'name',
          t('snmp.name'),
          <Input
            id={`${id}-name`}
            maxLength={60}
            value={typed.name}
            onChange={(event) => set({ name: event.target.value })}
          />,
          t('snmp.name_hint'),
        )}
        {field(
          'scope',
          t('snmp.scope'),
          <Input
            id={`${id}-scope`}
            className="mono"
            maxLength={600}
            value={typed.scope}
            onChange={(event) => set({ scope: event.target.value })}
          />,
          t('snmp.scope_hint'),
        )}
        <div className="field">
          <span className="field-label" id={`${id}-version`}>
            {t('snmp.version')}
          </span>
          <Segmented<Typed['version']>
            aria-labelledby={`${id}-version`}
            value={typed.version}
            options={[
              { value: 'v3', label: t('snmp.v3') },
              { value: 'v2c', label: t('snmp.v2c') },
            ]}
            onChange={(version) => set({ version })}
          />
        </div>
        {typed.version === 'v2c' ? (
          <>
            <p className="credential-warning">{t('snmp.v2c_warning')}</p>
            {field(
              'community',
              t('snmp.community'),
              <Input.Password
                id={`${id}-community`}
                autoComplete="off"
                maxLength={128}
                value={typed.community}
                onChange={(event) => set({ community: event.target.value })}
              />,
            )}
          </>
        ) : (
          <>
            {field(
              'user',
              t('snmp.user'),
              <Input
                id={`${id}-user`}
                autoComplete="off"
                maxLength={64}
                value={typed.user}
                onChange={(event) => set({ user: event.target.value })}
              />,
            )}
            {field(
              'auth',
              t('snmp.auth'),
              <Select
                id={`${id}-auth`}
                value={typed.auth}
                options={[
                  ...authProtocols.map((value) => ({ value, label: shown[value] })),
                  { value: 'none' as const, label: t('snmp.no_auth') },
                ]}
                onChange={(auth) => set({ auth })}
              />,
            )}
            {hasAuth(typed) ? key('authKey', t('snmp.auth_key')) : null}
            {hasAuth(typed)
              ? field(
                  'priv',
                  t('snmp.priv'),
                  <Select
                    id={`${id}-priv`}
                    value={typed.priv}
                    options={[
                      ...privProtocols.map((value) => ({ value, label: shown[value] })),
                      { value: 'none' as const, label: t('snmp.no_priv') },
                    ]}
                    onChange={(priv) => set({ priv })}
                  />,
                )
              : null}
            {hasPriv(typed) ? key('privKey', t('snmp.priv_key')) : null}
          </>
        )}
        {field(
          'port',
          t('snmp.port'),
          <InputNumber
            id={`${id}-port`}
            min={1}
            max={65_535}
            placeholder="161"
            value={typed.port}
            onChange={(port) => set({ port })}
          />,
        )}
        <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true" />
      </form>
      {dialog}
    </Sheet>
  );
}
