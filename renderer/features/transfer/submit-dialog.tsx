/** Asks before a copy becomes what later exports are compared with: how many rows, in place of which copy, and what would stop being red. */
import { Checkbox, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import type { Fetched } from './pieces.ts';

interface SubmitDialogProps {
  readonly file: Fetched['file'];
  /** The copy that it replaces. */
  readonly last: { readonly number: string; readonly day: string } | null;
  /** Only what a filter shows is submitted. */
  readonly isPart: boolean;
  /** The file is on disk already. */
  readonly isSaved: boolean;
  readonly run: (alsoSave: boolean) => Promise<void>;
  readonly onClose: () => void;
}

export function SubmitDialog({ file, last, isPart, isSaved, run, onClose }: SubmitDialogProps): ReactNode {
  const t = useText();
  const [alsoSave, setAlsoSave] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { marks } = file;
  // Struck-through rows are on the paper and no longer in the register
  const rows = (file.rows - (marks?.gone ?? 0)).toLocaleString();
  const isSame = marks !== null && marks.added + marks.changed + marks.gone === 0;
  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await run(alsoSave && !isSaved);
    } catch (error) {
      setFailure(sentenceOf(error, t));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('transfer.submit')}
      okText={t('transfer.submit')}
      cancelText={t('common.cancel')}
      confirmLoading={busy}
      onOk={() => void submit()}
      onCancel={onClose}
      width={460}
    >
      <p>{last ? t('transfer.submit_replace', { rows, ...last }) : t('transfer.submit_first', { rows })}</p>
      {isSame && last ? <p className="submit-same">{t('transfer.submit_same', last)}</p> : null}
      {marks && !isSame ? (
        <p>
          {t('transfer.submit_marks', {
            added: marks.added.toLocaleString(),
            changed: marks.changed.toLocaleString(),
            gone: marks.gone.toLocaleString(),
          })}
        </p>
      ) : null}
      {isPart ? <p className="field-hint">{t('transfer.submit_part')}</p> : null}
      {isSaved ? null : (
        <Checkbox checked={alsoSave} onChange={(event) => setAlsoSave(event.target.checked)}>
          {t('transfer.submit_save')}
        </Checkbox>
      )}
      {failure === null ? null : (
        <p className="import-error" role="alert">
          {failure}
        </p>
      )}
    </Modal>
  );
}
