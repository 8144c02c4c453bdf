/** The form F-09: one day of the duty log on a page, its first lines filled from what the morning check and the log say. */
import {
  dutyEvidence,
  noteKinds,
  shifts,
  type DutyEntry,
  type DutyEvidence,
  type NoteKind,
} from '../../../../shared/features/duty.ts';
import { showMoment, weekday } from '../../../../shared/day.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import type { Paper } from '../../../../shared/paper.ts';
import { boxes, optionText, paperDay, paperOf, type Desk } from '../papers/desk.ts';

interface Day {
  readonly day: string;
  readonly number: string;
  readonly entries: readonly DutyEntry[];
  readonly counts: {
    readonly opened: number;
    readonly closed: number;
    readonly bindings: number;
    readonly sweeps: number;
  };
}

/** What the last check of the day found, as far as its entry still stands. */
function evidenceOf(entries: readonly DutyEntry[]): DutyEvidence | null {
  const last = entries.findLast(
    ({ kind, voided, evidence }) => kind === 'morning_check' && !voided && evidence !== null,
  );
  if (!last?.evidence) return null;
  const read = dutyEvidence.safeParse(JSON.parse(last.evidence));
  return read.success ? read.data : null;
}
const nameOf = (author: string): string => author.split('@')[0] ?? author;

export function dutyPaper(desk: Desk, { day, number, entries, counts }: Day): Paper {
  const { t } = desk;
  const standing = entries.filter(({ voided }) => voided === null);
  const found = evidenceOf(entries);
  const share = (part: { total: number; failed: number } | undefined): string =>
    part === undefined || part.total === 0
      ? ''
      : t(part.failed === 0 ? 'paper.f09.all_well' : 'paper.f09.some_failed', {
          total: part.total,
          failed: part.failed,
        });
  const written = (kind: NoteKind): string =>
    standing
      .filter((entry) => entry.kind === kind)
      .map(({ text }) => text)
      .join('；');
  const tall = { wide: true, tall: true } as const;
  const people = [...new Set(standing.map(({ author }) => nameOf(author)))];
  const worked = new Set(standing.map(({ shift }) => shift));
  const row = (entry: DutyEntry): string[] => [
    showMoment(entry.at).slice(11),
    optionText(desk, 'duty_entries', 'shift', entry.shift),
    optionText(desk, 'duty_entries', 'kind', entry.kind) + (entry.security ? t('paper.f09.security') : ''),
    // What was voided stays readable, with the reason (R-59).
    entry.voided
      ? t('paper.f09.voided', { text: entry.text, reason: entry.voided.reason, by: nameOf(entry.voided.by) })
      : entry.text,
    nameOf(entry.author),
  ];
  return paperOf(desk, 'F-09', {
    number,
    foot: { copies: t('paper.f09.copies') },
    sections: [
      {
        page: 'portrait',
        title: t('paper.heading', { unit: desk.unit, title: t('form.F-09') }),
        under: ['', '', `${t('paper.number')}${number}`],
        blocks: [
          {
            kind: 'facts',
            columns: 2,
            facts: [
              {
                label: t('field.duty_entries.day'),
                value: `${paperDay(desk, day)} ${t(`today.weekday.${weekday(day)}` as MessageKey)}`,
              },
              {
                label: t('field.duty_entries.shift'),
                value: boxes(
                  desk,
                  shifts.map((shift) => [shift, optionText(desk, 'duty_entries', 'shift', shift)] as const),
                  worked.size === 1 ? ([...worked][0] ?? null) : null,
                ),
              },
              { label: t('paper.f09.people'), value: people.join('、') },
              { label: t('paper.f09.weather'), value: '' },
              { label: t('paper.f09.core'), value: share(found?.core) },
              { label: t('paper.f09.gateways'), value: share(found?.gateways) },
              {
                label: t('paper.f09.loss'),
                value: typeof found?.loss_percent === 'number' ? `${found.loss_percent}%` : '',
              },
              {
                label: t('paper.f09.tickets'),
                value: t('paper.f09.ticket_counts', { opened: counts.opened, closed: counts.closed }),
              },
              {
                label: t('paper.f09.failed'),
                value: found ? found.failed.map(({ name, ip }) => `${name} ${ip}`).join('；') || t('paper.none') : '',
                wide: true,
              },
              ...noteKinds
                .filter((kind) => kind !== 'note')
                .map((kind) => ({ label: t(`paper.f09.${kind}`), value: written(kind), ...tall })),
            ],
          },
          {
            kind: 'table',
            title: t('paper.f09.entries'),
            columns: [
              { label: t('paper.f09.time'), width: 14, mono: true },
              { label: t('field.duty_entries.shift'), width: 14, align: 'center' },
              { label: t('field.duty_entries.kind'), width: 24 },
              { label: t('field.duty_entries.text') },
              { label: t('field.duty_entries.author'), width: 20 },
            ],
            groups: [{ rows: entries.map(row) }],
          },
          {
            kind: 'signatures',
            people: (['giver', 'receiver'] as const).map((role) => ({
              role: t(`paper.f09.${role}`),
              date: t('paper.date_line'),
            })),
          },
        ],
      },
    ],
  });
}
