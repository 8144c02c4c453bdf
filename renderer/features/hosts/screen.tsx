/** One host, by its IP or MAC: everything known and where from. Routes: `hosts` (ask), `hosts/10.20.30.7`, `hosts/AA-BB-CC-DD-EE-FF`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDeferredValue, useId, useState, type ReactNode } from 'react';
import { parseIp } from '../../../shared/ip.ts';
import { isUnicastMac, parseMac, showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { HostHead } from './head.tsx';
import { findMatches, Matches, useMatches } from './matches.tsx';
import { hostTables } from './parts.tsx';
import { PortSection } from './ports.tsx';
import { RegisterSection } from './register.tsx';
import { SeenSection } from './seen.tsx';
import { Sightings } from './sightings.tsx';
import { Watched } from './watched.tsx';
import '../sweeps/sweeps.css';
import './hosts.css';

export function HostsScreen({ rest: [address] }: ScreenProps): ReactNode {
  return (
    <Page scroll>
      <div className="host-page">
        <Ask key={`ask ${address ?? ''}`} asked={address ?? ''} />
        {address === undefined ? <Blank /> : <OneHost key={address} address={address} />}
      </div>
    </Page>
  );
}

function Blank(): ReactNode {
  const t = useText();
  return <Empty title={t('hosts.ask_first')} hint={t('hosts.ask_hint')} />;
}

function Ask({ asked }: { asked: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const [typed, setTyped] = useState(asked);
  const [refused, setRefused] = useState<string | null>(null);
  const id = useId();
  const mac = parseMac(typed);
  const wanted = parseIp(typed) !== null ? typed.trim() : mac !== null && isUnicastMac(mac) ? showMac(mac) : null;
  const text = typed.trim();
  const asking = useDeferredValue(text);
  const matches = useMatches(asking, wanted === null && mac === null && asking.length > 2);
  const submit = async (): Promise<void> => {
    if (text === '') return;
    if (wanted !== null) return go(`hosts/${encodeURIComponent(wanted)}`);
    // asked anew: what stands below may still be of the letter before
    const [only, more] = mac === null ? await findMatches(text) : [];
    if (only && !more) return go(`hosts/${only.ip}`);
    if (!more) setRefused(t(mac === null ? 'hosts.ask_wrong' : 'hosts.ask_group', { text }));
  };
  return (
    <form
      className="host-ask"
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(say.failed);
      }}
    >
      <Input
        className="mono"
        autoFocus={asked === ''}
        maxLength={100}
        value={typed}
        status={refused === null ? undefined : 'error'}
        aria-invalid={refused !== null}
        aria-describedby={refused === null ? undefined : id}
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused(null);
        }}
        placeholder={t('hosts.ask_placeholder')}
        aria-label={t('hosts.title')}
      />
      <Button htmlType="submit" type={asked === '' ? 'primary' : 'default'} disabled={text === ''}>
        {t('hosts.look')}
      </Button>
      {refused === null ? null : (
        <p className="field-problem" id={id} role="alert">
          {refused}
        </p>
      )}
      <Matches hosts={matches} />
    </form>
  );
}

function OneHost({ address }: { address: string }): ReactNode {
  const t = useText();
  const answer = useQuery(
    rpc.discovery.history.host.queryOptions({ input: { address }, meta: { tables: hostTables } }),
  );
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  const page = answer.data;
  const { now, bindings, assets, ports, ip, mac } = page;
  const unknown = now === null && bindings.length + assets.length + ports.length === 0 && (ip === null || mac === null);
  return (
    <>
      <HostHead page={page} />
      {unknown ? (
        <Empty title={t('hosts.unknown')} hint={t(page.askable ? 'hosts.unknown_hint' : 'hosts.unknown_public')} />
      ) : (
        <div className="host-columns">
          <SeenSection page={page} />
          <div>
            <RegisterSection address={address} page={page} />
            <PortSection page={page} />
            <Watched ip={page.ip} />
          </div>
        </div>
      )}
      <Sightings address={address} page={page} />
    </>
  );
}
