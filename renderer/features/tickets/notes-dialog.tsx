/** Telephone notes by paste: what is understood of each row is shown before anything is saved; rows that cannot be taken stay. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { MOST_NOTES } from '../../../shared/features/tickets/notes.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { useUndoable } from '../ipam/undo.tsx';

export function NotesDialog({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = useText();
  return (
    <Modal open={open} onCancel={onClose} title={t('notes.title')} footer={null} width={860} destroyOnHidden>
      <NotesBody onClose={onClose} />
    </Modal>
  );
}

function NotesBody({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const { data: rows = [] } = useQuery(
    rpc.tickets.readNotes.queryOptions({
      input: { text },
      enabled: text.trim() !== '',
      placeholderData: keepPreviousData,
      meta: { tables: ['tickets', 'people', 'locations'] },
    }),
  );
  const shown = text.trim() === '' ? [] : rows;
  const ready = shown.filter(({ verdict }) => verdict === 'ready');
  const take = async (): Promise<void> => {
    setFailure(null);
    try {
      const { opened, batch } = await client.tickets.takeNotes({ text, lines: ready.map(({ line }) => line) });
      undoable.done(t('notes.taken', { n: opened }), batch);
      // What could not be taken is still there to be mended.
      const taken = new Set(ready.map(({ line }) => line));
      const left = text.split('\n').filter((_, index) => !taken.has(index + 1));
      if (ready.length === shown.length && shown.length < MOST_NOTES) onClose();
      else setText(left.join('\n'));
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <div className="form">
      <p className="field-hint">{t('notes.hint')}</p>
      <Input.TextArea
        autoFocus
        rows={6}
        aria-label={t('notes.title')}
        placeholder={t('notes.example')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {shown.length === 0 ? null : (
        <table className="pareto notes">
          <thead>
            <tr>
              <th scope="col">{t('notes.line')}</th>
              <th scope="col">{t('notes.verdict')}</th>
              {(['reported_at', 'reporter', 'location_id', 'phone', 'symptom', 'category'] as const).map((field) => (
                <th key={field} scope="col">
                  {field === 'reporter' ? t('field.tickets.person_id') : t(`field.tickets.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <td>
                  <State tone={row.verdict === 'ready' ? 'good' : row.verdict === 'known' ? 'off' : 'bad'}>
                    {t(`notes.verdict.${row.verdict}`)}
                  </State>
                </td>
                <td>{row.reported_at === null ? NONE : showMoment(row.reported_at).slice(5)}</td>
                <td>
                  {row.reporter ?? NONE}{' '}
                  {row.reporter !== null && row.person_id === null ? (
                    <span className="field-hint">{t(row.namesakes ? 'notes.namesakes' : 'notes.unregistered')}</span>
                  ) : null}
                </td>
                <td>{row.place ?? NONE}</td>
                <td>{row.phone ?? NONE}</td>
                <td className="notes-symptom">{row.symptom ?? NONE}</td>
                <td>{row.category === null ? NONE : optionLabel(t, 'tickets', 'category', row.category)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <div className="steps-row">
        <Button type="primary" disabled={ready.length === 0} onClick={() => void take()}>
          {t('notes.take', { n: ready.length })}
        </Button>
      </div>
    </div>
  );
}
