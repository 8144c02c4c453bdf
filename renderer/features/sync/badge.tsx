/** Where a record stands with the central store: only on this laptop, sent, or in conflict. Nothing when it is confirmed, or when no store was joined. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RecordBadge } from '../../../shared/features/sync.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { State, type Tone } from '../../ui/state.tsx';

const tones: Record<RecordBadge, Tone> = { local: 'off', sent: 'work', conflict: 'bad' };

export function SyncBadge({ id }: { id: string }): ReactNode {
  const t = useText();
  const enrolled = useQuery(rpc.sync.status.queryOptions({ input: { probe: false } })).data?.enrolled === true;
  const badge = useQuery(rpc.sync.badges.queryOptions({ input: { ids: [id] }, enabled: enrolled })).data?.[id];
  if (!enrolled || !badge) return null;
  const state = <State tone={tones[badge]}>{t(`sync.badge.${badge}`)}</State>;
  return <p className="sync-badge">{badge === 'conflict' ? <a href={to('sync')}>{state}</a> : state}</p>;
}
