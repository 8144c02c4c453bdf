/** A line into the duty log: kind, text, Ctrl+Enter. What was typed stays until it is written. */
import { Button, Checkbox, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { MAX_NOTE, noteKinds, shifts, type NoteKind, type Shift } from '../../../shared/features/duty.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { keepText, keptText } from '../../kept.ts';
import { client } from '../../rpc.ts';
import { isComposing, matchesKey } from '../../ui/keys.ts';
import { useSay } from '../../ui/say.ts';

const DRAFT = 'duty.note';

interface NoteProps {
  readonly day: string;
  readonly today: string;
  /** The shift that runs now. */
  readonly shift: Shift;
  /** Filled in by the screen it came from. */
  readonly begin: string;
}
export function NoteBox({ day, today, shift, begin }: NoteProps): ReactNode {
  const t = useText();
  const say = useSay();
  // what another screen began is about that; a line of one's own outlives the day, a search and a look elsewhere
  const own = begin === '';
  const [text, setTextNow] = useState(own ? (keptText(DRAFT) ?? '') : begin);
  const setText = (next: string): void => {
    setTextNow(next);
    if (own) keepText(DRAFT, next === '' ? null : next);
  };
  const [kind, setKind] = useState<NoteKind>(begin === '' ? 'note' : 'event');
  const [chosen, setChosen] = useState<Shift | null>(null);
  const [security, setSecurity] = useState(false);
  const [busy, setBusy] = useState(false);
  const length = text.trim().length;
  const tooLong = length > MAX_NOTE;
  const write = async (): Promise<void> => {
    if (length === 0 || tooLong || busy) return;
    setBusy(true);
    try {
      await client.duty.write({ kind, text, security, shift: chosen ?? shift, ...(day === today ? {} : { day }) });
      setText('');
      setSecurity(false);
      say.done(t('duty.written'));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div
      className="duty-note"
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent) || !matchesKey(event.nativeEvent, 'ctrl+enter')) return;
        event.preventDefault();
        void write();
      }}
    >
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('duty.write_hint')}
        aria-label={t('field.duty_entries.text')}
        status={tooLong ? 'error' : undefined}
      />
      {tooLong ? (
        <p className="field-problem" role="alert">
          {t('duty.too_long', { count: length.toLocaleString(), max: MAX_NOTE.toLocaleString() })}
        </p>
      ) : null}
      <div className="duty-note-foot">
        <Select<NoteKind>
          value={kind}
          onChange={setKind}
          aria-label={t('field.duty_entries.kind')}
          options={noteKinds.map((each) => ({ value: each, label: optionLabel(t, 'duty_entries', 'kind', each) }))}
          popupMatchSelectWidth={false}
        />
        <Select<Shift>
          value={chosen ?? shift}
          onChange={setChosen}
          aria-label={t('field.duty_entries.shift')}
          options={shifts.map((each) => ({ value: each, label: optionLabel(t, 'duty_entries', 'shift', each) }))}
          popupMatchSelectWidth={false}
        />
        <Checkbox
          checked={security}
          onChange={({ target }) => setSecurity(target.checked)}
          title={t('duty.security_hint')}
        >
          {t('duty.security')}
        </Checkbox>
        {day === today ? null : <span className="field-hint">{t('duty.write_later', { day })}</span>}
        <span className="grid-space" />
        <Button
          type="primary"
          title="Ctrl+Enter"
          loading={busy}
          disabled={length === 0 || tooLong}
          onClick={() => void write()}
        >
          {t('duty.write')}
        </Button>
      </div>
    </div>
  );
}
