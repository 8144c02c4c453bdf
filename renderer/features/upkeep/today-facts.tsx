/** On the morning page: what is past its day, and whose letter is missing. Each number opens its list. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expiryKinds } from '../../../shared/features/upkeep.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';

export function UpkeepFacts(): ReactNode {
  const { data: expiry } = useQuery(
    rpc.upkeep.expiry.queryOptions({ meta: { tables: ['people', 'bindings', 'applications'] } }),
  );
  const { data: letters } = useQuery(
    rpc.letters.counts.queryOptions({ input: {}, meta: { tables: ['people', 'bindings'] } }),
  );
  const expired = expiry ? expiryKinds.reduce((sum, kind) => sum + expiry.counts[kind].expired, 0) : null;
  // the first list that has something in it
  const first = expiryKinds.find((kind) => expiry && expiry.counts[kind].expired > 0) ?? 'people';
  return (
    <>
      <Fact label="today.letters" n={letters ? letters.unsigned + letters.expired : null} path="letters" />
      <Fact label="expiry.today" n={expired} path={`expiring/${first}`} />
    </>
  );
}

function Fact({ label, n, path }: { label: MessageKey; n: number | null; path: string }): ReactNode {
  const t = useText();
  return (
    <li>
      <button type="button" className="fact" onClick={() => go(path)}>
        <span>{t(label)}</span>
        <span className="fact-number">{n === null ? '·' : n.toLocaleString()}</span>
      </button>
    </li>
  );
}
