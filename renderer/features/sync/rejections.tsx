/** What the store did not accept of this laptop's work, in words, until it was read. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Rejection } from '../../../shared/features/sync.ts';
import { keyOf, useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

const technician = (actor: string): string => actor.split('@')[0] ?? actor;

/** A code that this version has no words for is at least named in its sentence. */
function words(t: Text, { code, command, title, by }: Rejection): string {
  const what = keyOf(`command.${command}`);
  const name = title === '' ? (what ? t(what) : command) : title;
  if (code === 'resolved_before')
    return by === ''
      ? t('sync.lostToSomebody', { title: name })
      : t('sync.lostTo', { title: name, name: technician(by) });
  const reason = keyOf(`sync.rejection.${code}`);
  return t('sync.notAccepted', { title: name, reason: reason ? t(reason) : code });
}

export function Rejections({ count }: { count: number }): ReactNode {
  const t = useText();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery(rpc.sync.rejections.queryOptions({ meta: { tables: ['sync', 'conflicts'] } }));
  const acknowledge = (): void => {
    setBusy(true);
    client.sync
      .acknowledge()
      .catch((error: unknown) => say.failed(error))
      .finally(() => setBusy(false));
  };
  if (!data) return null;
  return (
    <div className="sync-failure" role="status">
      <ul className="sync-rejections">
        {data.map((rejection) => (
          <li key={rejection.id}>{words(t, rejection)}</li>
        ))}
        {count > data.length ? <li>{t('sync.rejectedCount', { n: count })}</li> : null}
      </ul>
      <Button disabled={busy} onClick={acknowledge}>
        {t('sync.noted')}
      </Button>
    </div>
  );
}
