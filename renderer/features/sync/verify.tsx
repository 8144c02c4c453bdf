/** Comparing all rows with the store's: when it was last done, and doing it now. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';

export function Verify(): ReactNode {
  const t = useText();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery(rpc.sync.verified.queryOptions({ meta: { tables: ['sync'] } }));
  const compare = async (): Promise<void> => {
    setBusy(true);
    try {
      const { outcome, rows } = await client.sync.verify();
      say.done(t(`sync.verify.${outcome}`, { n: rows }));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <p className="sync-verify">
      <Button size="small" loading={busy} onClick={() => void compare()}>
        {t('sync.verify')}
      </Button>
      {data && data.diverged > 0 ? <State tone="bad">{t('sync.verify.diverged')}</State> : null}
      <span className="faint">
        {data?.at ? t('sync.verifiedAt', { at: showMoment(data.at) }) : t('sync.verifiedNever')}
      </span>
    </p>
  );
}
