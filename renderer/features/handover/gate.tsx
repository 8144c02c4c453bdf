/** Why there is no leaving slip yet: what is open in each part, lateness, and what is still on the giver's name. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { handovers } from '../../../shared/features/handover.ts';
import type { FilterClause } from '../../../shared/list.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { changeView } from '../../ui/table/view.ts';

interface GateProps {
  readonly handover: RowOf<typeof handovers>;
  /** The sentence with which the slip was refused. */
  readonly why: string;
  readonly onSettle: () => Promise<void>;
  readonly onPrint: () => Promise<void>;
  readonly onClose: () => void;
}
const tables = ['handovers', 'handover_items', 'people', 'bindings', 'assets', 'tools', 'envelopes'];

export function GateDialog({ handover, why, onSettle, onPrint, onClose }: GateProps): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.handover.gate.queryOptions({ input: { id: handover.id }, meta: { tables } }));
  const open = data?.open.reduce((sum, { n }) => sum + n, 0) ?? 0;
  const clear = data !== undefined && open === 0 && data.late === 0 && data.settled;
  return (
    <Modal open title={t('handover.gate')} footer={null} onCancel={onClose} width={560}>
      <div className="form handover-gate">
        {clear ? (
          <Alert
            type="success"
            showIcon
            title={t('handover.gate_clear')}
            action={<Button onClick={() => void onPrint()}>{t('handover.slip')}</Button>}
          />
        ) : (
          <Alert type="warning" showIcon title={why} />
        )}
        {data && open > 0 ? (
          <section>
            <h3>{t('handover.gate_open', { n: open })}</h3>
            <ul>
              {data.open.map(({ part, n }) => (
                <li key={part}>
                  <a href={to('handover', handover.id, part)} onClick={onClose}>
                    {t(`option.handover_items.part.${part}`)}
                  </a>
                  <span className="handover-count">{t('handover.open', { n })}</span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {data && !data.supervisor ? <p>{t('handover.gap.no_supervisor')}</p> : null}
        {data && data.late > 0 ? <Lateness id={handover.id} days={data.late} /> : null}
        {data && open === 0 && !data.settled && data.supervisor ? (
          <Button onClick={() => void onSettle()}>{t('handover.settle')}</Button>
        ) : null}
        {data ? <OnName giver={handover.giver} held={data} onClose={onClose} /> : null}
      </div>
    </Modal>
  );
}

function Lateness({ id, days }: { id: string; days: number }): ReactNode {
  const t = useText();
  const field = useId();
  const [opinion, setOpinion] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      await client.handover.excuse({ id, opinion });
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <section>
      <h3>{t('handover.overdue', { n: days })}</h3>
      <div className="field">
        <label htmlFor={field}>{t('field.handovers.late_opinion')}</label>
        <Input.TextArea
          id={field}
          rows={2}
          maxLength={500}
          value={opinion}
          onChange={(event) => setOpinion(event.target.value)}
        />
        <span className="field-hint">{t('handover.late_hint')}</span>
      </div>
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <Button disabled={opinion.trim() === ''} onClick={() => void save()}>
        {t('handover.excuse')}
      </Button>
    </section>
  );
}

interface Held {
  readonly people: readonly string[];
  readonly namesakes: number;
  readonly bindings: number;
  readonly assets: number;
  readonly tools: number;
  readonly envelopes: number;
}
/** What somebody who leaves should no longer have; each count opens its list. */
function OnName({ giver, held, onClose }: { giver: string; held: Held; onClose: () => void }): ReactNode {
  const t = useText();
  const byPerson = (field: string): FilterClause => ({ field, op: 'in', value: [...held.people] });
  const byName: FilterClause = { field: 'holder', op: 'equals', value: giver };
  const lines = [
    {
      what: 'bindings',
      path: 'addresses',
      filter: [byPerson('person_id'), { field: 'state', op: 'in', value: ['reserved', 'active', 'suspended'] }],
    },
    { what: 'assets', path: 'assets', filter: [byPerson('custodian_id')] },
    { what: 'tools', path: 'tools', filter: [byName, { field: 'returned_on', op: 'empty' }] },
    { what: 'envelopes', path: 'envelopes', filter: [byName] },
  ] as const satisfies readonly { what: keyof Held; path: string; filter: readonly FilterClause[] }[];
  const some = lines.filter(({ what }) => held[what] > 0);
  return (
    <section>
      <h3>{t('handover.on_name', { name: giver })}</h3>
      {held.namesakes > 1 ? <p className="field-hint">{t('handover.namesakes', { n: held.namesakes })}</p> : null}
      {some.length === 0 ? <p className="field-hint">{t('handover.on_name_none')}</p> : null}
      <ul>
        {some.map(({ what, path, filter }) => (
          <li key={what}>
            <button
              type="button"
              className="handover-gap"
              onClick={() => {
                onClose();
                changeView(what, { filter, text: '' });
                go(path);
              }}
            >
              {t(`handover.held.${what}`, { n: held[what] })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
