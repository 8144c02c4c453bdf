/** One entry of the duty log. A voided one stays readable, struck out, with who did it and why. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { DutyEntry } from '../../../shared/features/duty.ts';
import { showMoment } from '../../../shared/day.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';

const nameOf = (author: string): string => author.split('@')[0] ?? author;

interface EntryProps {
  readonly entry: DutyEntry;
  /** Among entries of other days: the day is told too. */
  readonly withDay: boolean;
  readonly onVoid: (entry: DutyEntry) => void;
}
export function Entry({ entry, withDay, onVoid }: EntryProps): ReactNode {
  const t = useText();
  const { voided } = entry;
  const at = showMoment(entry.at);
  const later = at.slice(0, 10) !== entry.day;
  return (
    <li className={voided ? 'duty-entry voided' : 'duty-entry'}>
      <div className="duty-when">
        <time dateTime={new Date(entry.at).toISOString()}>{withDay || later ? at.slice(5) : at.slice(11)}</time>
        <span className="cell-sub">{optionLabel(t, 'duty_entries', 'shift', entry.shift)}</span>
      </div>
      <div className="duty-what">
        <div className="duty-tags">
          <span className="duty-kind">{optionLabel(t, 'duty_entries', 'kind', entry.kind)}</span>
          {entry.ok === null || voided ? null : (
            <State tone={entry.ok ? 'good' : 'bad'}>{t(entry.ok ? 'duty.ok' : 'duty.not_ok')}</State>
          )}
          {entry.security ? <State tone="await">{t('duty.security')}</State> : null}
          {voided ? <State tone="off">{t('duty.voided')}</State> : null}
          {withDay ? <span className="cell-sub">{entry.day}</span> : null}
        </div>
        <p className="duty-text">{voided ? <del>{entry.text}</del> : entry.text}</p>
        {voided ? (
          <p className="duty-void">
            {t('duty.voided_by', { by: nameOf(voided.by), time: showMoment(voided.at), reason: voided.reason })}
          </p>
        ) : null}
      </div>
      <div className="duty-who">
        <span className="cell-sub">{nameOf(entry.author)}</span>
        {voided ? null : (
          <Button size="small" type="text" onClick={() => onVoid(entry)}>
            {t('duty.void')}
          </Button>
        )}
      </div>
    </li>
  );
}
