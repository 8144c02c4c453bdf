/** Corrects a living binding; another card or person asks for a reason. */
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { correction, type bindings } from '../../../shared/features/ipam.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useUndoable } from './undo.tsx';

const groups = [
  { title: 'ipam.group.who', fields: ['person_id', 'location_id'] },
  { title: 'ipam.group.address', fields: ['mac', 'hostname'] },
  { title: 'ipam.group.port', fields: ['outlet', 'switch_name', 'switch_port', 'asset_id', 'remark'] },
] as const;

export function BindingEdit({ id }: { id: string }): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.ipam.get.queryOptions({ input: { id }, meta: { tables: ['bindings'] } }));
  return data ? (
    <Body key={id} binding={data.binding} refs={data.refs} title={`${t('ipam.act.edit')} ${data.binding.ip}`} />
  ) : null;
}

function Body({
  binding,
  refs,
  title,
}: {
  binding: RowOf<typeof bindings>;
  refs: Readonly<Record<string, string>>;
  title: string;
}): ReactNode {
  const t = useText();
  const domId = useId();
  const undoable = useUndoable();
  const [reason, setReason] = useState('');
  const why = (values: Readonly<Record<string, unknown>>): ReactNode =>
    (values['mac'] ?? null) !== binding.mac || values['person_id'] !== binding.person_id ? (
      <div className="field whole">
        <label htmlFor={domId}>{t('ipam.editReason')}</label>
        <Input id={domId} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
    ) : null;
  return (
    <RecordForm
      record={correction}
      title={title}
      open
      groups={groups}
      row={binding}
      refs={refs}
      update={async (changes) => {
        const saved = await client.ipam.update({ id: binding.id, changes, reason });
        undoable.done(t('ipam.saved'), saved.batch);
        return saved;
      }}
      onClose={() => go(`addresses/${binding.id}`)}
      extra={why}
    />
  );
}
