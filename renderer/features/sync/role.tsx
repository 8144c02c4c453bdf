/** What this laptop may do and for which places, as the store last said. Without a store there is nothing to say. */
import type { ReactNode } from 'react';
import type { SyncStatus } from '../../../shared/features/sync.ts';
import { useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { useSyncStatus } from './use-sync.ts';

type Known = Pick<SyncStatus, 'role' | 'areas'>;

function useAreas({ areas }: Known): string {
  const t = useText();
  if (areas === null) return t('roles.allAreas');
  return areas.length === 0 ? t('roles.noAreas') : areas.join(t('roles.comma'));
}

/** Two more facts among those of the sync screen. */
export function RoleFacts({ status }: { readonly status: Known }): ReactNode {
  const t = useText();
  const areas = useAreas(status);
  if (status.role === null) return null;
  return (
    <>
      <div>
        <dt>{t('roles.role')}</dt>
        <dd>{t(`roles.${status.role}`)}</dd>
      </div>
      <div>
        <dt>{t('roles.areas')}</dt>
        <dd>{areas}</dd>
      </div>
    </>
  );
}

/** What it means, and who sets it: below the facts. */
export function RoleHint({ status: { role } }: { readonly status: Known }): ReactNode {
  const t = useText();
  return role === null ? null : (
    <p className="field-hint role-hint">
      {t(`roles.hint.${role}`)} {t('roles.byHub')}
    </p>
  );
}

/** For the settings: who set up this notebook sees there what it is. */
export function RolePairs(): ReactNode {
  const t = useText();
  const status = useSyncStatus();
  const areas = useAreas(status ?? { role: null, areas: null });
  if (!status || status.role === null) return null;
  return (
    <>
      <dt>{t('roles.role')}</dt>
      <dd>
        {t(`roles.${status.role}`)} · {areas}
      </dd>
    </>
  );
}

/** An auditor's laptop says on every screen why nothing can be changed. */
export function ReadOnly(): ReactNode {
  const t = useText();
  const status = useSyncStatus();
  return status?.role === 'auditor' ? (
    <p className="read-only" role="status">
      <State tone="off">{t('roles.readOnly')}</State>
    </p>
  ) : null;
}
