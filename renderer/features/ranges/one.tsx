/** One request: what was asked for, the decision, and the letter. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { asking, type rangeRequests } from '../../../shared/features/range-requests.ts';
import { fieldLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { go } from '../../route.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { OptionState } from '../../ui/state.tsx';
import { Moment, NONE } from '../../ui/text.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { askedGroups } from './fields.ts';

const TABLES = ['range_requests', 'people', 'locations', 'subnets', 'address_ranges'];
type Doing = 'approve' | 'refuse' | 'remove' | 'edit';

export function OneRequest({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [doing, setDoing] = useState<Doing | null>(null);
  const answer = useQuery(rpc.addressing.getRequest.queryOptions({ input: { id }, meta: { tables: TABLES } }));
  const close = (): void => setDoing(null);
  const print = async (): Promise<void> => {
    try {
      go(`print/${(await client.addressing.printRequest({ id })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  if (!answer.data)
    return (
      <Sheet open title={t('ranges.title')} onClose={() => go('requests')}>
        {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : <Loading />}
      </Sheet>
    );
  const { request, refs } = answer.data;
  const open = request.state === 'open';
  const named = (ref: string | null): ReactNode => (ref ? (refs[ref] ?? NONE) : NONE);
  const facts: readonly (readonly [keyof (typeof rangeRequests)['fields'], ReactNode])[] = [
    ['state', <OptionState key="state" table="range_requests" field="state" code={request.state} />],
    ['asked_on', request.asked_on],
    ['department', request.department],
    ['person_id', named(request.person_id)],
    ['location_id', named(request.location_id)],
    ['purpose', request.purpose],
    ['addresses', request.addresses],
    ['from_on', request.from_on],
    ['until_on', request.until_on ?? NONE],
    ['subnet_id', named(request.subnet_id)],
    ...(open
      ? []
      : ([
          ['range_id', named(request.range_id)],
          ['decided_by', request.decided_by ?? NONE],
          ['decided_at', <Moment key="at" at={request.decided_at} />],
          ['reason', request.reason ?? NONE],
        ] as const)),
    ['remark', request.remark ?? NONE],
  ];
  return (
    <Sheet
      open
      title={request.number}
      onClose={() => go('requests')}
      footer={
        <div className="form-foot">
          <Button onClick={() => void print()}>{t('ranges.print')}</Button>
          {open ? (
            <>
              <Button onClick={() => setDoing('edit')}>{t('common.edit')}</Button>
              <Button danger onClick={() => setDoing('remove')}>
                {t('ranges.remove')}
              </Button>
              <Button onClick={() => setDoing('refuse')}>{t('ranges.refuse')}</Button>
              <WriteButton type="primary" onClick={() => setDoing('approve')}>
                {t('ranges.approve')}
              </WriteButton>
            </>
          ) : null}
        </div>
      }
    >
      <dl className="request-facts">
        {facts.map(([field, value]) => (
          <div key={field}>
            <dt>{fieldLabel(t, 'range_requests', field)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {doing === 'approve' ? (
        <Approve id={id} department={request.department} subnet={request.subnet_id} refs={refs} onClose={close} />
      ) : null}
      <ReasonDialog
        open={doing === 'refuse'}
        title={t('ranges.refuse')}
        hint={t('ranges.refuseHint')}
        run={async (reason) =>
          undoable.done(t('ranges.refused'), (await client.addressing.refuseRequest({ id, reason })).batch)
        }
        onClose={close}
      />
      <ReasonDialog
        open={doing === 'remove'}
        title={t('ranges.remove')}
        text={t('ranges.removeText', { number: request.number })}
        danger
        run={async (reason) => {
          undoable.done(t('ranges.removed'), (await client.addressing.removeRequest({ id, reason })).batch);
          go('requests');
        }}
        onClose={close}
      />
      <RecordForm
        record={asking}
        title={t('ranges.edit')}
        open={doing === 'edit'}
        groups={askedGroups}
        refs={refs}
        row={request}
        update={(changes) => client.addressing.updateRequest({ id, changes })}
        onClose={close}
        onSaved={() => say.done(t('ranges.saved'))}
      />
    </Sheet>
  );
}

/** The subnet is chosen, the run that would be given is shown, or why there is none. */
function Approve(props: {
  id: string;
  department: string;
  subnet: string | null;
  refs: Readonly<Record<string, string>>;
  onClose: () => void;
}): ReactNode {
  const { id, department, refs, onClose } = props;
  const t = useText();
  const field = useId();
  const undoable = useUndoable();
  const [subnet, setSubnet] = useState<string | null>(props.subnet);
  const [failure, setFailure] = useState<string | null>(null);
  const preview = useQuery({
    ...rpc.addressing.previewRequest.queryOptions({
      input: { id, subnet_id: subnet ?? '' },
      meta: { tables: ['bindings', 'subnets', 'address_ranges', 'assets', 'leases'] },
    }),
    enabled: subnet !== null,
    retry: false,
  });
  const approve = async (): Promise<void> => {
    if (subnet === null) return;
    try {
      const { first, last, batch } = await client.addressing.approveRequest({ id, subnet_id: subnet });
      undoable.done(t('ranges.approved', { department, first, last }), batch);
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  const problem = failure ?? (preview.error ? sentenceOf(preview.error, t) : null);
  return (
    <Modal
      open
      title={t('ranges.approve')}
      okText={t('ranges.approve')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !preview.data }}
      onOk={() => void approve()}
      onCancel={onClose}
      width={480}
    >
      <div className="form">
        <div className="field whole">
          <label htmlFor={field}>{t('ranges.pick')}</label>
          <RefPicker
            id={field}
            table="subnets"
            value={subnet}
            title={subnet === null ? undefined : refs[subnet]}
            onChange={(value) => {
              setFailure(null);
              setSubnet(typeof value === 'string' ? value : null);
            }}
          />
        </div>
        {problem === null ? null : <Alert type="error" showIcon title={problem} role="alert" />}
        {problem === null && preview.data ? (
          <p role="status">{t('ranges.preview', { ...preview.data, department })}</p>
        ) : null}
      </div>
    </Modal>
  );
}
