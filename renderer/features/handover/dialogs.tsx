/** What is asked about an item: what was found, what is disputed, what the network centre decided. */
import { Alert, Checkbox, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';

interface Asked {
  readonly item: { readonly id: string; readonly label: string; readonly book: string | null } | null;
  readonly onClose: () => void;
}
interface AskProps extends Asked {
  readonly title: string;
  readonly ready: boolean;
  readonly run: (id: string) => Promise<unknown>;
  readonly children: ReactNode;
}

function Ask({ item, title, ready, run, onClose, children }: AskProps): ReactNode {
  const t = useText();
  const [failure, setFailure] = useState<string | null>(null);
  const close = (): void => {
    setFailure(null);
    onClose();
  };
  const save = async (): Promise<void> => {
    if (!item) return;
    try {
      await run(item.id);
      close();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <Modal
      open={item !== null}
      title={title}
      onCancel={close}
      onOk={() => void save()}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready }}
      destroyOnHidden
      width={460}
    >
      <div className="form">
        <p>{item?.label}</p>
        {children}
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}

function Field({
  label,
  value,
  onChange,
  rows,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  rows?: number;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <Input.TextArea
          id={id}
          rows={rows}
          maxLength={500}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input id={id} maxLength={100} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  );
}

export function DifferenceDialog({ item, onClose }: Asked): ReactNode {
  const t = useText();
  const [actual, setActual] = useState('');
  const [note, setNote] = useState('');
  const close = (): void => {
    setActual('');
    setNote('');
    onClose();
  };
  const run = (id: string): Promise<unknown> => client.handover.tick({ items: [id], result: 'mismatch', actual, note });
  return (
    <Ask item={item} title={t('handover.mismatch')} ready={note.trim() !== ''} run={run} onClose={close}>
      <Field
        label={item?.book ? t('handover.actual_of', { book: item.book }) : t('handover.actual')}
        value={actual}
        onChange={setActual}
      />
      <Field label={t('field.handover_items.note')} value={note} onChange={setNote} rows={3} />
    </Ask>
  );
}

export function DisputeDialog({ item, onClose }: Asked): ReactNode {
  const t = useText();
  const [note, setNote] = useState('');
  const close = (): void => {
    setNote('');
    onClose();
  };
  return (
    <Ask
      item={item}
      title={t('handover.dispute')}
      ready={note.trim() !== ''}
      run={(id) => client.handover.dispute({ item: id, note })}
      onClose={close}
    >
      <Field label={t('handover.dispute_what')} value={note} onChange={setNote} rows={3} />
    </Ask>
  );
}

export function DecideDialog({ item, onClose }: Asked): ReactNode {
  const t = useText();
  const [opinion, setOpinion] = useState('');
  const [waive, setWaive] = useState(false);
  const close = (): void => {
    setOpinion('');
    setWaive(false);
    onClose();
  };
  return (
    <Ask
      item={item}
      title={t('handover.decide')}
      ready={opinion.trim() !== ''}
      run={(id) => client.handover.decide({ item: id, opinion, waive })}
      onClose={close}
    >
      <Field label={t('handover.decide')} value={opinion} onChange={setOpinion} rows={3} />
      <Checkbox checked={waive} onChange={(event) => setWaive(event.target.checked)}>
        {t('handover.waive')}
      </Checkbox>
    </Ask>
  );
}
