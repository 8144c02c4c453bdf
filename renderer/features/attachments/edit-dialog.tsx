/** Name and note of one attachment. */
import { Alert, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { ShownAttachment } from '../../../shared/features/attachments.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';

export function EditDialog({ row, onClose }: { row: ShownAttachment; onClose: () => void }): ReactNode {
  const t = useText();
  const ids = useId();
  const [name, setName] = useState(row.name);
  const [note, setNote] = useState(row.note ?? '');
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      await client.attachments.update({ id: row.id, changes: { name, note: note.trim() === '' ? null : note } });
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <Modal
      open
      title={t('attachments.edit')}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: name.trim() === '' }}
      width={460}
    >
      <div className="form">
        <label htmlFor={`${ids}name`}>{t('field.attachments.name')}</label>
        <Input id={`${ids}name`} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <label htmlFor={`${ids}note`}>{t('field.attachments.note')}</label>
        <Input.TextArea
          id={`${ids}note`}
          value={note}
          maxLength={500}
          rows={3}
          onChange={(event) => setNote(event.target.value)}
        />
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
