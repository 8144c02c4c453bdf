/** Gives a holder another address: the next free one of the subnet is filled in; room and port may change along. */
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { moving, type bindings } from '../../../shared/features/ipam.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { FormField } from '../../ui/form/record-form.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';

type Binding = RowOf<typeof bindings>;
interface MoveDialogProps {
  readonly binding: Binding;
  readonly refs: Readonly<Record<string, string>>;
  /** What is likely to be written as the reason. */
  readonly reason?: string;
  readonly onMoved: (changed: Binding & { batch: string }) => void;
  readonly onClose: () => void;
}
const fields = ['location_id', 'subnet_id', 'ip', 'outlet', 'switch_name', 'switch_port'] as const;
const meta = { tables: ['bindings', 'subnets', 'address_ranges'] };

export function MoveDialog({ binding, refs, reason: likely, onMoved, onClose }: MoveDialogProps): ReactNode {
  const t = useText();
  const domId = useId();
  const [typed, setTyped] = useState<Readonly<Record<string, string | null>>>({});
  const place = typed['location_id'] ?? null;
  const subnet = typed['subnet_id'] ?? (place ? null : binding.subnet_id);
  const { data: suggestion } = useQuery(
    rpc.ipam.suggest.queryOptions({ input: { location_id: place, subnet_id: subnet }, meta }),
  );
  const to: Record<string, string | null> = {
    location_id: binding.location_id,
    outlet: binding.outlet,
    switch_name: binding.switch_name,
    switch_port: binding.switch_port,
    subnet_id: suggestion?.subnet_id ?? subnet,
    ip: suggestion?.ip ?? null,
    ...typed,
  };
  const { data: check } = useQuery({
    ...rpc.ipam.check.queryOptions({
      // Its own address counts as taken: by then it cools down.
      input: { ip: to['ip'], subnet_id: to['subnet_id'], person_id: binding.person_id, asset_id: binding.asset_id },
      meta,
    }),
    enabled: Boolean(to['ip']),
  });
  const refused = to['ip'] ? (check?.ip?.refused ?? null) : null;
  const asks = check?.ip?.asks ?? null;
  const titles = { ...refs, ...suggestion?.refs };
  return (
    <ReasonDialog
      open
      title={t('ipam.act.move')}
      text={t('ipam.text.move', { ip: binding.ip })}
      hint={t('ipam.hint.move')}
      {...(likely === undefined ? {} : { reason: likely })}
      ready={Boolean(to['ip']) && refused === null}
      run={async (reason) => {
        const changes = Object.fromEntries(fields.map((name) => [name, to[name] === '' ? null : to[name]]));
        onMoved(await client.ipam.move({ id: binding.id, to: changes, reason }));
      }}
      onClose={onClose}
    >
      <div className="form-group">
        {fields.map((name) => (
          <FormField
            key={name}
            id={`${domId}-${name}`}
            table="bindings"
            name={name}
            field={moving.fields[name]}
            value={to[name]}
            problem={name === 'ip' && refused ? refusalText(t, refused.code, refused.params) : undefined}
            refTitle={titles[String(to[name])]}
            onChange={(value) => {
              const next = { ...typed, [name]: typeof value === 'string' ? value : null };
              if (name === 'location_id') for (const each of ['subnet_id', 'ip']) delete next[each];
              if (name === 'subnet_id') delete next['ip'];
              setTyped(next);
            }}
          />
        ))}
      </div>
      {asks ? (
        <p className="field-hint warn-hint">{t(`ipam.why.${asks}`, { lowest: check?.ip?.lowest ?? '' })}</p>
      ) : null}
    </ReasonDialog>
  );
}
