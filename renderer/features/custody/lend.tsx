/** Giving out and taking back: who, until when; in what condition. Refusals stay in the dialog with what was typed. */
import { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Modal, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { toolConditions, type tools } from '../../../shared/features/custody.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { NameInput } from '../handover/name-input.tsx';
import { nameMeant } from '../handover/names.ts';

type Condition = (typeof toolConditions)[number];
interface LendProps {
  readonly held: readonly RowOf<typeof tools>[];
  readonly onClose: () => void;
}

export function LendDialog({ held, onClose }: LendProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [holder, setHolder] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const until_id = useId();
  const run = async (): Promise<void> => {
    await client.custody.tools.issue({
      ids: held.map(({ id }) => id),
      holder: await nameMeant(holder),
      ...(until ? { back_by: until } : {}),
    });
    say.done(t('tools.issued'));
  };
  return (
    <Ask title={t('tools.issue')} held={held} ready={holder.trim() !== ''} run={run} onClose={onClose}>
      <Named label={t('field.tools.holder')} value={holder} onChange={setHolder} />
      <div className="field">
        <label htmlFor={until_id}>{t('field.tools.back_by')}</label>
        <DatePicker
          id={until_id}
          value={until ? dayjs(until) : null}
          onChange={(picked) => setUntil(picked ? dayjs(picked).format('YYYY-MM-DD') : null)}
        />
      </div>
    </Ask>
  );
}

export function ReturnDialog({ held, onClose }: LendProps): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const [typed, setTyped] = useState<string | null>(null);
  const [condition, setCondition] = useState<Condition>('good');
  // Whoever sits at this notebook takes it back, unless told.
  const receiver = typed ?? state?.setup?.technician ?? '';
  const run = async (): Promise<void> => {
    await client.custody.tools.giveBack({
      ids: held.map(({ id }) => id),
      received_by: await nameMeant(receiver),
      condition,
    });
    say.done(t('tools.returned'));
  };
  return (
    <Ask title={t('tools.back')} held={held} ready={receiver.trim() !== ''} run={run} onClose={onClose}>
      <Named label={t('tools.receiver')} value={receiver} onChange={setTyped} />
      <div className="field">
        <span className="field-label">{t('field.tools.condition')}</span>
        <Segmented<Condition>
          value={condition}
          onChange={setCondition}
          options={toolConditions.map((value) => ({ value, label: t(`option.tools.condition.${value}`) }))}
        />
      </div>
    </Ask>
  );
}

function Named(props: { label: string; value: string; onChange: (name: string) => void }): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <NameInput id={id} value={props.value} onChange={props.onChange} />
    </div>
  );
}

interface AskProps extends LendProps {
  readonly title: string;
  readonly ready: boolean;
  readonly run: () => Promise<void>;
  readonly children: ReactNode;
}
/** As many names as fit a line. */
const NAMED = 6;

function Ask({ title, held, ready, run, onClose, children }: AskProps): ReactNode {
  const t = useText();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await run();
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      width={460}
      onCancel={onClose}
      onOk={() => void save()}
      okText={title}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
    >
      <div className="form">
        <p>
          {held
            .slice(0, NAMED)
            .map(({ name }) => name)
            .join('、')}
          {held.length > NAMED ? ` … ${held.length}` : ''}
        </p>
        {children}
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
