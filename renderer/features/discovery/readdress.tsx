/** The registered holder of a contested address gets another one, where he is shown: the next free one is filled in. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { MoveDialog } from '../ipam/move-dialog.tsx';
import { useUndoable } from '../ipam/undo.tsx';

interface ReaddressProps {
  /** Of the binding. */
  readonly id: string;
  readonly onClose: () => void;
}
export function Readdress({ id, onClose }: ReaddressProps): ReactNode {
  const t = useText();
  const { done } = useUndoable();
  const { data } = useQuery(rpc.ipam.get.queryOptions({ input: { id }, meta: { tables: ['bindings'] } }));
  if (!data) return null;
  return (
    <MoveDialog
      binding={data.binding}
      refs={data.refs}
      reason={t('discovery.readdress_reason')}
      onMoved={({ ip, batch }) => done(t('discovery.readdressed', { from: data.binding.ip, ip }), batch)}
      onClose={onClose}
    />
  );
}
