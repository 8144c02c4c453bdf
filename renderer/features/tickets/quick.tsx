/**
 * The quick ticket (Ctrl+N anywhere; Alt+N where the browser keeps Ctrl+N for itself): who, a digit, what is wrong, Ctrl+Enter.
 * Everything else comes from the register or may be left (domain.md §3.1, walk-through 2: no click, 25 keys).
 */
import { Alert, Button, Modal } from 'antd';
import { useEffect, useEffectEvent, useId, useState, type ReactNode } from 'react';
import { dayOf, showMoment } from '../../../shared/day.ts';
import { guessCategory } from '../../../shared/features/tickets/faults.ts';
import { isWorkday } from '../../../shared/calendar.ts';
import { policyOf, standardRules } from '../../../shared/features/sla-rules.ts';
import { replay } from '../../../shared/sla.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useKey } from '../../ui/keys.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Key } from '../../ui/text.tsx';
import { CategoryKeys } from './category-keys.tsx';
import { useCalendar, useEngineNow, useRules } from './clock.tsx';
import { QuickMore } from './quick-more.tsx';
import {
  changeQuick,
  clearQuickTicket,
  closeQuickTicket,
  openingOf,
  openQuickTicket,
  useQuick,
} from './quick-store.ts';
import { Suggestions } from './suggestions.tsx';
import { WhoBox } from './who-box.tsx';
import { WhoCard } from './who-card.tsx';

export function QuickTicket(): ReactNode {
  const t = useText();
  const { open, opening } = useQuick();
  useKey('ctrl+n', () => openQuickTicket());
  useKey('alt+n', () => openQuickTicket());
  return (
    <Modal
      open={open}
      onCancel={closeQuickTicket}
      footer={null}
      width={720}
      title={t('tickets.quick')}
      destroyOnHidden
      mask={{ closable: false, blur: false }}
      className="quick"
    >
      <QuickBody key={opening} />
    </Modal>
  );
}

function QuickBody(): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const { draft, restored } = useQuick();
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const focus = (part: string): void => document.getElementById(`${id}-${part}`)?.focus();
  const save = async (): Promise<void> => {
    if (saving) return;
    // Advice before the law of the engine: the focus goes to what is missing.
    const missing = draft.who === null ? 'who' : draft.symptom.trim() === '' ? 'symptom' : null;
    if (missing) {
      setFailure(t(missing === 'who' ? 'refusal.ticket_needs_who' : 'tickets.needsSymptom'));
      focus(missing);
      return;
    }
    setSaving(true);
    setFailure(null);
    try {
      const ticket = await client.tickets.open(openingOf(draft));
      say.done(t('tickets.saved', { number: ticket.number, at: showMoment(ticket.due_at) }));
      clearQuickTicket();
      closeQuickTicket();
      // The ticket is there, whatever becomes of the note beside it.
      await draft.onOpened?.(ticket.id).catch(say.failed);
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setSaving(false);
    }
  };
  useKey('ctrl+enter', () => void save());
  // Only when it opens: later the hand decides where the focus is.
  const begin = useEffectEvent(() => focus(draft.who === null ? 'who' : 'symptom'));
  useEffect(() => begin(), []);
  return (
    <div className="quick-body">
      {restored ? (
        <p className="quick-restored">
          {t('tickets.restored')}{' '}
          <button type="button" className="text-button" onClick={clearQuickTicket}>
            {t('tickets.clear')}
          </button>
        </p>
      ) : null}
      {draft.who ? (
        <WhoCard who={draft.who} onAgain={() => changeQuick({ who: null, phone: null, location_id: null })} />
      ) : (
        <WhoBox
          id={`${id}-who`}
          onLeave={() => focus('category')}
          onPick={(who) => {
            changeQuick({ who });
            focus('category');
          }}
        />
      )}
      <CategoryKeys
        id={`${id}-category`}
        value={draft.category}
        guess={draft.symptom.trim() === '' ? null : guessCategory(draft.symptom)}
        onChange={(category) => changeQuick({ category })}
        onNext={() => focus('symptom')}
      />
      <textarea
        id={`${id}-symptom`}
        className="quick-symptom"
        rows={2}
        maxLength={1000}
        aria-label={t('field.tickets.symptom')}
        aria-required="true"
        placeholder={t('tickets.symptomHint')}
        value={draft.symptom}
        onChange={(event) => changeQuick({ symptom: event.target.value })}
      />
      {draft.who === null && draft.symptom.trim() === '' ? null : (
        <Suggestions category={draft.category} symptom={draft.symptom} />
      )}
      <QuickMore />
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <div className="quick-foot">
        <Due />
        <Button type="primary" loading={saving} onClick={() => void save()}>
          {t('common.save')} <Key>Ctrl Enter</Key>
        </Button>
      </div>
    </div>
  );
}

/** When it will be due, and by which rule, before it is saved. */
function Due(): ReactNode {
  const t = useText();
  const calendar = useCalendar();
  const now = useEngineNow();
  const { priority } = useQuick((state) => state.draft);
  const rules = useRules() ?? standardRules;
  const { due_at, due_on } = replay(policyOf(rules), calendar, { reported_at: now, priority }, []);
  const byHours = priority === 'urgent' && !isWorkday(calendar, dayOf(now));
  const year = Number(due_on.slice(0, 4));
  return (
    <p className="quick-due">
      {byHours
        ? t('tickets.dueUrgent', { at: showMoment(due_at) })
        : t(rules.rule === 'close_of_day' ? 'tickets.dueShown' : 'tickets.dueHours', {
            at: showMoment(due_at),
            n: rules.workdays,
            hours: rules.workdays * 8,
          })}
      {calendar.known.has(year) ? null : <span className="quick-estimate">{t('calendar.estimated', { year })}</span>}
    </p>
  );
}
