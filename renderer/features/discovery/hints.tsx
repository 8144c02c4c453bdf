/** What would help with the whole sweep: subnets nobody registered, where no address can be bound; routers that answered for others; ports that bindings lack. */
import { useMemo, useState, type ReactNode } from 'react';
import type { AcceptAction } from '../../../shared/features/discovery/findings.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { SubnetForm } from '../ipam/subnet-form.tsx';
import type { Entry } from './entries.ts';
import type { SubnetName } from './subnet-names.ts';
import { proxies, unregistered, withoutPort } from './whole-sweep.ts';

interface HintsProps {
  readonly cidrs: readonly string[];
  readonly entries: readonly Entry[];
  readonly names: readonly SubnetName[] | null;
  readonly settle: (action: AcceptAction, entries: readonly Entry[]) => void;
}
export function Hints({ cidrs, entries, names, settle }: HintsProps): ReactNode {
  const t = useText();
  const [registering, setRegistering] = useState<string | null>(null);
  const unknown = useMemo(() => unregistered(cidrs, entries, names), [cidrs, entries, names]);
  const portless = useMemo(() => withoutPort(entries), [entries]);
  const answering = useMemo(() => proxies(entries), [entries]);
  const [first] = unknown;
  return (
    <>
      {first === undefined ? null : (
        <p className="sweep-hint">
          <span>{t('discovery.no_subnet', { cidr: first })}</span>
          <button type="button" className="row-button" onClick={() => setRegistering(first)}>
            {t('discovery.no_subnet_add')}
          </button>
        </p>
      )}
      {answering.map(({ ip, mac, count }) => (
        <p key={mac} className="sweep-hint">
          <span>{t('discovery.proxy', { who: ip ?? showMac(mac), count })}</span>
        </p>
      ))}
      {portless.length === 0 ? null : (
        <p className="sweep-hint">
          <span>{t('discovery.portless', { count: portless.length })}</span>
          <button type="button" className="row-button" onClick={() => settle('port', portless)}>
            {t('discovery.portless_write', { count: portless.length })}
          </button>
        </p>
      )}
      {registering === null ? null : (
        <SubnetForm cidr={registering} onClose={() => setRegistering(null)} onSaved={() => setRegistering(null)} />
      )}
    </>
  );
}
