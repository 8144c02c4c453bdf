/** Part of an address in the question box: the tail of a MAC, the end of an IP, a name. Offers the addresses it fits. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, type ReactNode } from 'react';
import { bare } from '../../../shared/grams.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { OptionState } from '../../ui/state.tsx';
import { timelineTables } from './timeline.tsx';

const SHOWN = 12;

/** `onPick` gets the whole MAC when what was typed is part of it, else the IP. */
export function Fragment({ typed, onPick }: { typed: string; onPick: (whole: string) => void }): ReactNode {
  const t = useText();
  const text = useDeferredValue(typed.trim());
  const found = useQuery(
    rpc.ipam.list.queryOptions({ input: { text, limit: SHOWN }, meta: { tables: timelineTables } }),
  );
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { rows, refs, total } = found.data;
  if (rows.length === 0)
    return (
      <p className="field-problem" role="status">
        {t('ipam.askNothing', { text })}
      </p>
    );
  const part = bare(text).toUpperCase();
  return (
    <section className="card">
      <h3>{t('ipam.askWhich', { text })}</h3>
      <ul className="links">
        {rows.map(({ id, ip, mac, person_id, state }) => (
          <li key={id}>
            <button
              type="button"
              className="text-button mono"
              onClick={() => onPick(mac && !text.includes('.') && mac.includes(part) ? showMac(mac) : ip)}
            >
              {ip}
            </button>
            <span className="mono">{mac ? showMac(mac) : ''}</span>
            <span>{refs[person_id] ?? ''}</span>
            <OptionState table="bindings" field="state" code={state} />
          </li>
        ))}
      </ul>
      {total > rows.length ? <p className="field-hint">{t('ipam.askMore', { n: total - rows.length })}</p> : null}
    </section>
  );
}
