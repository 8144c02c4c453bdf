/** A button that changes records: where nothing can be changed now it is off, and says why. */
import { useQuery } from '@tanstack/react-query';
import { Button, type ButtonProps } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';

/** Why this laptop cannot change anything now; null: it can. The engine refuses all the same. */
function useNoWrite(): string | null {
  const t = useText();
  const status = useQuery(rpc.sync.status.queryOptions({ input: { probe: false } })).data;
  if (status?.role === 'auditor') return t('roles.readOnly');
  return status?.absence?.read_only ? t('sync.readOnly', { days: status.absence.days }) : null;
}

export function WriteButton({ disabled, title, ...rest }: ButtonProps): ReactNode {
  const why = useNoWrite();
  return <Button {...rest} disabled={why !== null || disabled} title={why ?? title} />;
}
