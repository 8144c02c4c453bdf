/** The parts of a subnet: given out in order, left to DHCP, reserved. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { addressRanges, type subnets } from '../../../shared/features/ipam.ts';
import { partProblem } from '../../../shared/features/ipam/subnet-rules.ts';
import { parseCidr, parseIp } from '../../../shared/ip.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from './undo.tsx';

type Range = RowOf<typeof addressRanges>;
const groups = [{ fields: ['kind', 'first_ip', 'last_ip', 'label', 'department'] }] as const;

export function Parts({ subnet }: { subnet: RowOf<typeof subnets> }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [editing, setEditing] = useState<Range | 'new' | null>(null);
  const { data: ranges = [] } = useQuery(
    rpc.ipam.ranges.queryOptions({ input: { subnet_id: subnet.id }, meta: { tables: ['address_ranges'] } }),
  );
  const remove = async (range: Range): Promise<void> => {
    try {
      const { batch } = await client.ipam.removeRange({ id: range.id });
      undoable.done(t('ipam.partRemoved'), batch);
    } catch (error) {
      say.failed(error);
    }
  };
  const hint = (values: Readonly<Record<string, unknown>>): ReactNode => {
    const cidr = parseCidr(subnet.cidr);
    const { first_ip: first, last_ip: last } = values;
    if (
      !cidr ||
      typeof first !== 'string' ||
      typeof last !== 'string' ||
      parseIp(first) === null ||
      parseIp(last) === null
    )
      return null;
    const problem = partProblem(
      { first_ip: first, last_ip: last },
      cidr,
      ranges,
      editing === 'new' || editing === null ? null : editing.id,
    );
    return problem ? <p className="field-hint warn-hint">{refusalText(t, problem.code, problem.params)}</p> : null;
  };
  const common = {
    record: addressRanges,
    open: true,
    groups,
    extra: hint,
    draft: `part-${subnet.id}-${editing === 'new' || editing === null ? 'new' : editing.id}`,
    onClose: () => setEditing(null),
    onSaved: () => say.done(t('ipam.saved')),
  };
  return (
    <div className="parts">
      {ranges.length === 0 ? <p className="field-hint">{t('ipam.partsEmpty')}</p> : null}
      <ul>
        {ranges.map((range) => (
          <li key={range.id}>
            <span
              className={`map-word map-${range.kind === 'allocate' ? 'active' : range.kind === 'dhcp' ? 'dhcp' : 'kept'}`}
            >
              {optionLabel(t, 'address_ranges', 'kind', range.kind)}
            </span>
            <span className="mono">
              {range.first_ip} – {range.last_ip}
            </span>
            <span className="parts-label">{range.label}</span>
            <Button size="small" type="text" onClick={() => setEditing(range)}>
              {t('common.edit')}
            </Button>
            <Button size="small" type="text" danger onClick={() => void remove(range)}>
              {t('common.delete')}
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => setEditing('new')}>{t('ipam.newPart')}</Button>
      {editing === 'new' ? (
        <RecordForm
          {...common}
          title={t('ipam.newPart')}
          initial={{ subnet_id: subnet.id, kind: 'allocate' }}
          save={(draft) => client.ipam.createRange({ ...draft, subnet_id: subnet.id })}
        />
      ) : null}
      {editing !== null && editing !== 'new' ? (
        <RecordForm
          {...common}
          title={t('ipam.editPart')}
          row={editing}
          update={(changes) => client.ipam.updateRange({ id: editing.id, changes })}
        />
      ) : null}
    </div>
  );
}
