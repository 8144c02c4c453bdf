/** Who it is and whether it answers, with what can be done now: ping, look again, open its page, settle its finding. */
import { App, Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { HostPage } from '../../../shared/features/discovery/history.ts';
import { showMoment } from '../../../shared/day.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { rttText } from '../discovery/words.ts';
import { useSweep } from '../discovery/sweep-store.ts';
import { CopyButton } from './parts.tsx';

/** Ports a browser would open, and how. */
const WEB: readonly (readonly [number, string])[] = [
  [443, 'https://'],
  [80, 'http://'],
  [8443, 'https://'],
  [8080, 'http://'],
];
function webOf({ ip, now }: HostPage): string | null {
  const found = WEB.find(([port]) => now?.host.ports.includes(port));
  if (!found || ip === null) return null;
  const [port, scheme] = found;
  return `${scheme}${ip}${port === 80 || port === 443 ? '' : `:${port}`}/`;
}

export function HostHead({ page }: { page: HostPage }): ReactNode {
  const t = useText();
  const { ip, mac, now, asked } = page;
  return (
    <header className="host-head">
      <div className="host-who">
        {ip === null ? null : (
          <h2>
            <span className="mono">{ip}</span>
            <CopyButton text={ip} label={t('hosts.copy_ip')} />
          </h2>
        )}
        {mac === null ? null : (
          <span className="host-mac">
            <span className="mono">{showMac(mac)}</span>
            <CopyButton text={showMac(mac)} label={t('hosts.copy_mac')} />
          </span>
        )}
        {asked === null ? (
          <State tone="off">{t('hosts.never_asked')}</State>
        ) : asked.answered ? (
          <State tone="good">{t('hosts.answered', { time: showMoment(asked.sweep.started_at) })}</State>
        ) : (
          <State tone="off">{t('hosts.silent', { time: showMoment(asked.sweep.started_at) })}</State>
        )}
        {page.subnet ? <a href={to('subnets', page.subnet.id)}>{page.subnet.name}</a> : null}
      </div>
      <p className="host-span">
        {page.first_seen_at === null || page.last_seen_at === null
          ? t('hosts.never_seen')
          : t('hosts.span', {
              first: showMoment(page.first_seen_at),
              last: showMoment(page.last_seen_at),
              times: page.times,
            })}
        {now && now.host.proof === 'cache' ? ` ${t('hosts.only_cache')}` : ''}
      </p>
      {ip === null ? null : <Acts page={page} ip={ip} />}
    </header>
  );
}

function Acts({ page, ip }: { page: HostPage; ip: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const { modal } = App.useApp();
  const busySweep = useSweep((state) => state.running);
  const [busy, setBusy] = useState<'ping' | 'again' | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const web = webOf(page);
  const run = async (what: 'ping' | 'again', work: (signal: AbortSignal) => Promise<string>): Promise<void> => {
    const own = new AbortController();
    stop.current = own;
    setBusy(what);
    setTold(null);
    try {
      setTold(await work(own.signal));
    } catch (error) {
      if (!own.signal.aborted) say.failed(error);
    } finally {
      if (!own.signal.aborted) setBusy(null);
    }
  };
  const ping = (): Promise<void> =>
    run('ping', async (signal) => {
      const { missing, rtt_ms, loss_percent } = await client.discovery.history.ping({ ip }, { signal });
      if (missing) return t('discovery.ping_missing');
      if (rtt_ms === null) return t('hosts.ping_silent');
      return t('hosts.ping_told', { rtt: rttText(rtt_ms, t), loss: Math.round(loss_percent) });
    });
  const again = (): Promise<void> =>
    run('again', async (signal) => {
      let found = 0;
      for await (const event of await client.discovery.sweep({ cidrs: [ip] }, { signal }))
        if (event.kind === 'done') found = event.sweep.found;
      return t(found > 0 ? 'hosts.again_found' : 'hosts.again_silent');
    });
  const openPage = (): void =>
    void modal.info({
      title: t('hosts.web_title'),
      icon: null,
      content: (
        <p className="host-web">
          <span className="mono">{web}</span>
          <CopyButton text={web ?? ''} label={t('hosts.copy_web')} />
          <br />
          <span className="field-hint">{t('hosts.web_hint')}</span>
        </p>
      ),
      okText: t('common.close'),
    });
  return (
    <div className="host-acts">
      <Button disabled={!page.askable || busy !== null} loading={busy === 'ping'} onClick={() => void ping()}>
        {t('hosts.ping')}
      </Button>
      <Button
        disabled={!page.askable || busy !== null || busySweep}
        loading={busy === 'again'}
        onClick={() => void again()}
      >
        {t('hosts.again')}
      </Button>
      {web === null ? null : <Button onClick={openPage}>{t('hosts.web')}</Button>}
      <span className="host-told" aria-live="polite">
        {told ?? (busy === 'again' ? t('hosts.looking') : '')}
      </span>
    </div>
  );
}
