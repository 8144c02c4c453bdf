/** A new or changed subnet; what its CIDR means, and what the engine would refuse, is said while it is typed. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { subnets } from '../../../shared/features/ipam.ts';
import { subnetProblem } from '../../../shared/features/ipam/subnet-rules.ts';
import { hostRange, maskOf, parseCidr, showIp } from '../../../shared/ip.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';

type Subnet = RowOf<typeof subnets>;
const groups = [
  {
    fields: [
      'cidr',
      'name',
      'vlan',
      'gateway',
      'purpose',
      'dns',
      'location_id',
      'cooldown_days',
      'warn_percent',
      'strict_order',
      'remark',
    ],
  },
] as const;
const MOST = 1000;
const NO_REFS: Readonly<Record<string, string>> = {};

interface SubnetFormProps {
  readonly row?: Subnet;
  /** What a new one covers, where that is known. */
  readonly cidr?: string;
  readonly refs?: Readonly<Record<string, string>>;
  readonly onClose: () => void;
  readonly onSaved: (row: Subnet) => void;
}

export function SubnetForm({ row, cidr: covers, refs, onClose, onSaved }: SubnetFormProps): ReactNode {
  const t = useText();
  const say = useSay();
  const { data } = useQuery(
    rpc.ipam.listSubnets.queryOptions({ input: { limit: MOST }, meta: { tables: ['subnets'] } }),
  );
  const hint = (
    values: Readonly<Record<string, unknown>>,
    _change: unknown,
    problems: Readonly<Record<string, string>>,
  ): ReactNode => {
    const written = typeof values['cidr'] === 'string' ? values['cidr'] : '';
    const cidr = parseCidr(written);
    if (!cidr) return null;
    const gateway = typeof values['gateway'] === 'string' && values['gateway'].trim() !== '' ? values['gateway'] : null;
    const problem = subnetProblem({ cidr: written, gateway }, data?.rows ?? [], row?.id ?? null);
    if (problem) {
      const sentence = refusalText(t, problem.code, problem.params);
      // After a try to save it stands at its field.
      return Object.values(problems).includes(sentence) ? null : <p className="field-hint warn-hint">{sentence}</p>;
    }
    const [first, last] = hostRange(cidr);
    return (
      <p className="field-hint">
        {t('ipam.hosts', {
          n: (last - first + 1).toLocaleString(),
          first: showIp(first),
          last: showIp(last),
          mask: maskOf(cidr.prefix),
        })}
      </p>
    );
  };
  const common = {
    record: subnets,
    open: true,
    groups,
    refs: refs ?? NO_REFS,
    extra: hint,
    onClose,
    onSaved: (saved: Subnet): void => {
      say.done(t('ipam.saved'));
      onSaved(saved);
    },
  };
  return row ? (
    <RecordForm
      {...common}
      title={t('ipam.editSubnet')}
      row={row}
      update={(changes) => client.ipam.updateSubnet({ id: row.id, changes })}
    />
  ) : (
    <RecordForm
      {...common}
      title={t('ipam.newSubnet')}
      initial={{ ...(covers === undefined ? {} : { cidr: covers }), purpose: 'office', cooldown_days: 7 }}
      save={(draft) => client.ipam.createSubnet(draft)}
    />
  );
}
