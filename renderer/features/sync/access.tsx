/** Whether this laptop may still speak to its store: access that was ended, and too long without it. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { SyncStatus } from '../../../shared/features/sync.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { Moment } from '../../ui/text.tsx';
import { useSyncStatus } from './use-sync.ts';

interface AccessProps {
  readonly status: SyncStatus;
  readonly onJoin: () => void;
}
/** On the sync screen: what happened, what became of the work that was not sent, and what to do. */
export function Access({ status, onJoin }: AccessProps): ReactNode {
  const t = useText();
  const { revoked, absence } = status;
  if (revoked)
    return (
      <section className="sync-access" role="status">
        <h3>
          <State tone="bad">{t('sync.revoked')}</State>
        </h3>
        <p>
          {t('sync.revokedAt')} <Moment at={revoked.at} />
        </p>
        <ul>
          {revoked.handed > 0 ? <li>{t('sync.revokedHanded', { n: revoked.handed.toLocaleString() })}</li> : null}
          {revoked.here > 0 ? <li>{t('sync.revokedHere', { n: revoked.here.toLocaleString() })}</li> : null}
          {revoked.handed + revoked.here === 0 ? <li>{t('sync.revokedNothing')}</li> : null}
        </ul>
        <p className="field-hint">{t('sync.revokedHint')}</p>
        <Button onClick={onJoin}>{t('sync.enrol')}</Button>
      </section>
    );
  // When it has come to that, the line above every screen says so.
  if (!absence || absence.read_only) return null;
  return (
    <p className="sync-access" role="status">
      <State tone="warn">{t('sync.soonReadOnly', { days: absence.days, grace: absence.grace })}</State>
    </p>
  );
}

/** Above every screen, as nothing that is typed there can be saved. */
export function AwayTooLong(): ReactNode {
  const t = useText();
  const absence = useSyncStatus()?.absence;
  if (!absence?.read_only) return null;
  return (
    <p className="read-only" role="status">
      <State tone="bad">{t('sync.readOnly', { days: absence.days })}</State>{' '}
      {t('sync.readOnlyHint', { grace: absence.grace })} <a href={to('sync')}>{t('sync.title')}</a>
    </p>
  );
}
