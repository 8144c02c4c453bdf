/** Imports the yearly notice: paste its text or read a JSON file, see what was understood, then import. */
import { Alert, Button, Input, InputNumber, Modal } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { Notice } from '../../../shared/calendar/notice.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { refusalOf, sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';

interface NoticeDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onImported: (year: number) => void;
}
export function NoticeDialog({ open, onClose, onImported }: NoticeDialogProps): ReactNode {
  const t = useText();
  return (
    <Modal open={open} onCancel={onClose} title={t('calendar.importNotice')} footer={null} width={640} destroyOnHidden>
      <NoticeBody onClose={onClose} onImported={onImported} />
    </Modal>
  );
}

function NoticeBody({ onClose, onImported }: Omit<NoticeDialogProps, 'open'>): ReactNode {
  const t = useText();
  const say = useSay();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [year, setYear] = useState<number | null>(null);
  const [found, setFound] = useState<Notice | null>(null);
  const [failure, setFailure] = useState<{ code: string | null; sentence: string } | null>(null);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFound(null);
      setFailure({ code: refusalOf(error)?.code ?? null, sentence: sentenceOf(error, t) });
    }
  };
  const read = (written: string): Promise<void> =>
    attempt(async () =>
      setFound(written.trim() === '' ? null : await client.calendar.preview({ text: written, year })),
    );
  const importNow = (): Promise<void> =>
    attempt(async () => {
      const done = await client.calendar.importNotice({ text, year });
      say.done(t('calendar.imported', { year: done.year, moved: done.moved }));
      onImported(done.year);
      onClose();
    });
  const change = (written: string): void => {
    setText(written);
    setFound(null);
  };
  return (
    <div className="form">
      <p className="field-hint">{t('calendar.missingHint')}</p>
      <Input.TextArea
        rows={8}
        aria-label={t('calendar.noticeText')}
        placeholder={t('calendar.noticePlaceholder')}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      <input
        ref={file}
        type="file"
        accept=".json,.txt,application/json,text/plain"
        hidden
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen)
            void chosen.text().then((written) => {
              change(written);
              return read(written);
            });
        }}
      />
      {failure?.code === 'notice_year' || year !== null ? (
        <div className="field">
          <span className="field-label">{t('calendar.noticeYear')}</span>
          <InputNumber
            aria-label={t('calendar.noticeYear')}
            min={2000}
            max={2100}
            precision={0}
            value={year}
            onChange={setYear}
          />
        </div>
      ) : null}
      {failure ? <Alert type="error" showIcon title={failure.sentence} role="alert" /> : null}
      {found ? <Found notice={found} /> : null}
      <div className="steps-row">
        <Button onClick={() => file.current?.click()}>{t('calendar.chooseFile')}</Button>
        <Button type={found ? 'default' : 'primary'} disabled={text.trim() === ''} onClick={() => void read(text)}>
          {t('calendar.read')}
        </Button>
        {found ? (
          <Button type="primary" onClick={() => void importNow()}>
            {t('calendar.importNow', { n: found.days.length })}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** What was understood, holiday by holiday, to compare with the notice. */
function Found({ notice }: { notice: Notice }): ReactNode {
  const t = useText();
  const off = notice.days.filter(({ kind }) => kind === 'off');
  const work = notice.days.filter(({ kind }) => kind === 'work');
  const names = [...new Set(notice.days.map(({ name }) => name))];
  const days = (list: Notice['days'], name: string): string =>
    list
      .filter((each) => each.name === name)
      .map(({ day }) => day.slice(5))
      .join(' ');
  return (
    <div className="notice-found" role="status">
      <p>{t('calendar.found', { year: notice.year, off: off.length, work: work.length })}</p>
      <dl>
        {names.map((name) => (
          <div key={name} className="notice-line">
            <dt>{name}</dt>
            <dd className="mono">
              {t('calendar.legend.off')} {days(off, name)}{' '}
              {work.some((each) => each.name === name) ? `　${t('calendar.legend.work')} ${days(work, name)}` : ''}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
