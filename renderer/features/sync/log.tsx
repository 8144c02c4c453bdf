/** The sync log as a person reads it, newest first. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keyOf, useText, type Params, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { Moment } from '../../ui/text.tsx';
import { Verify } from './verify.tsx';

const tones: Readonly<Record<string, Tone>> = {
  done: 'good',
  quiet: 'good',
  failed: 'bad',
  held: 'warn',
  rejected: 'warn',
  repaired: 'warn',
  diverged: 'bad',
  forked: 'warn',
};

const reasons = (t: Text, codes: string): string =>
  codes
    .split(', ')
    .map((code) => {
      const key = keyOf(`sync.rejection.${code}`);
      return key ? t(key) : code;
    })
    .join(' · ');

/** A failure names its refusal: the same sentence as when it happened. */
function words(t: Text, code: string, params: Params): string {
  const refusal = keyOf(`refusal.${params['refusal'] ?? ''}`);
  const key = keyOf(`sync.log.${code}`);
  if (!key) return code;
  if (refusal) return t(key, { reason: t(refusal, params) });
  return t(key, 'codes' in params ? { ...params, codes: reasons(t, String(params['codes'])) } : params);
}

export function SyncLog(): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.sync.log.queryOptions({ input: {}, meta: { tables: ['sync'] } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.length === 0) return <Empty title={t('sync.noLog')} />;
  return (
    <>
      <Verify />
      <ol className="sync-log">
        {data.map(({ at, code, params }, index) => (
          // Lines have no id of their own; the list only grows at its head and is drawn whole.
          <li key={`${at}-${data.length - index}`}>
            <Moment at={at} />
            <State tone={tones[code] ?? 'off'}>{words(t, code, params)}</State>
          </li>
        ))}
      </ol>
    </>
  );
}
