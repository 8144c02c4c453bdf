/** A state as a shape, a word and a colour: it stays readable in grey print and for the colour-blind. */
import type { ReactNode } from 'react';
import { optionLabel, useText } from '../i18n.ts';

/** good: normal · work: in work · warn: due soon, paused · bad: overdue, conflict · off: offline, ended · await: awaiting approval */
export type Tone = 'good' | 'work' | 'warn' | 'bad' | 'off' | 'await';

const shapes: Record<Tone, ReactNode> = {
  good: <circle cx="5" cy="5" r="4" />,
  work: <path d="M2 1 9 5 2 9Z" />,
  warn: <path d="M5 0.5 9.5 5 5 9.5 0.5 5Z" />,
  bad: <path d="M5 0.5 9.7 9H0.3Z" />,
  off: <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  await: <path d="M1 1h8v8H1Z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="3 1.6" />,
};

export function State({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className={`state state-${tone}`}>
      <svg viewBox="0 0 10 10" width="10" height="10" fill="currentColor" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  );
}

/** How grave each code of the states we know is; a code not listed shows as a plain word. */
const tones: Readonly<Record<string, Tone>> = {
  'assets.status.in_use': 'good',
  'assets.status.idle': 'off',
  'assets.status.lent': 'work',
  'assets.status.repair': 'warn',
  'assets.status.to_scrap': 'await',
  'assets.status.scrapped': 'off',
  'assets.status.missing': 'bad',
  'people.status.active': 'good',
  'people.status.left': 'off',
  'people.letter.signed': 'good',
  'people.letter.unsigned': 'warn',
  'people.letter.expired': 'bad',
  'bindings.state.reserved': 'await',
  'bindings.state.active': 'good',
  'bindings.state.suspended': 'warn',
  'bindings.state.released': 'off',
  'tickets.state.open': 'await',
  'tickets.state.accepted': 'work',
  'tickets.state.working': 'work',
  'tickets.state.paused': 'warn',
  'tickets.state.to_confirm': 'await',
  'tickets.state.closed': 'good',
  'tickets.state.cancelled': 'off',
  'applications.state.applied': 'await',
  'applications.state.signed': 'work',
  'applications.state.opened': 'good',
  'applications.state.rejected': 'bad',
  'applications.state.withdrawn': 'off',
  'applications.state.cleared': 'off',
  'tools.condition.good': 'good',
  'tools.condition.worn': 'warn',
  'tools.condition.damaged': 'bad',
  'tools.condition.lost': 'bad',
  'range_requests.state.open': 'await',
  'range_requests.state.approved': 'good',
  'range_requests.state.refused': 'off',
  'handovers.state.draft': 'await',
  'handovers.state.running': 'work',
  'handovers.state.settled': 'good',
  'reports.state.draft': 'await',
  'reports.state.final': 'work',
  'reports.state.submitted': 'good',
  'tickets.priority.urgent': 'bad',
  'tickets.priority.high': 'warn',
};
export const toneOf = (table: string, field: string, code: string): Tone | null =>
  tones[`${table}.${field}.${code}`] ?? null;

/** The label of a stored choice, as a state where it is one. */
export function OptionState({ table, field, code }: { table: string; field: string; code: string }): ReactNode {
  const t = useText();
  const label = optionLabel(t, table, field, code);
  const tone = toneOf(table, field, code);
  return tone ? <State tone={tone}>{label}</State> : label;
}
