/** The repair slip F-12: half an A4 sheet, once for the reporter and once for the archive. */
import { faultCategories, tickets } from '../../../../shared/features/tickets.ts';
import type { Paper, PaperSection } from '../../../../shared/paper.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { refText } from '../../titles.ts';
import { boxes, heading, optionText, paperMoment, paperOf, type Desk } from './desk.ts';

type Ticket = RowOf<typeof tickets>;
type Fact = { label: string; value: string; wide?: boolean; tall?: boolean };

const choices = (
  desk: Desk,
  field: 'priority' | 'cause' | 'result' | 'satisfaction',
  codes: readonly string[],
  chosen: string | null,
): string =>
  boxes(
    desk,
    codes.map((code) => [code, optionText(desk, 'tickets', field, code)] as const),
    chosen,
  );

/** Latin letters in a line across the slip; a Chinese character takes two. */
const LINE = 90;
/** Lines of a long answer that half a sheet holds beside all the others. */
const LINES = 5;

/** What the half sheet has no room for stays on the ticket, and the paper says so. Only words are cut, so that the slip stays one sheet. */
function brief({ t }: Desk, said: string | null | undefined): string {
  const whole = said?.trim() ?? '';
  const rest = t('paper.f12.rest');
  const room = LINE * LINES;
  let taken = 0;
  let kept = 0;
  for (const letter of whole) {
    // A new line takes the rest of the old one
    taken += letter === '\n' ? LINE - (taken % LINE) : letter > '\u00ff' ? 2 : 1;
    if (taken > room) return whole.slice(0, kept).trimEnd() + rest;
    if (taken <= room - rest.length * 2) kept += letter.length;
  }
  return whole;
}

/** Without a ticket: the blank slip. */
export function repairSlip(desk: Desk, db: ReadDb, ticket: Ticket | null): Paper {
  const { t } = desk;
  const label = (field: keyof typeof tickets.fields): string => t(`field.tickets.${field}`);
  const name = ticket?.person_id ? refText(db, 'people', ticket.person_id) : (ticket?.reporter ?? '');
  const category = ticket
    ? optionText(desk, 'tickets', 'category', ticket.category)
    : boxes(
        desk,
        faultCategories.map((code) => [code, optionText(desk, 'tickets', 'category', code)] as const),
        null,
      );
  const { priority, cause, result, satisfaction } = tickets.fields;
  const facts: Fact[] = [
    { label: label('person_id'), value: name },
    { label: label('department'), value: ticket?.department ?? '' },
    { label: label('phone'), value: ticket?.phone ?? '' },
    {
      label: label('location_id'),
      value: ticket?.location_id ? refText(db, 'locations', ticket.location_id) : '',
      wide: true,
    },
    { label: label('reported_at'), value: paperMoment(ticket?.reported_at ?? null) },
    {
      label: t('paper.f12.asset'),
      value: ticket?.asset_id ? refText(db, 'assets', ticket.asset_id) : (ticket?.ip ?? ''),
    },
    { label: label('category'), value: category, wide: true },
    { label: label('symptom'), value: brief(desk, ticket?.symptom), wide: true, tall: true },
    {
      label: label('priority'),
      value: choices(desk, 'priority', priority.options, ticket?.priority ?? null),
      wide: true,
    },
    {
      label: t('paper.f12.accepted'),
      value: [ticket?.assignee, paperMoment(ticket?.accepted_at ?? null)].filter(Boolean).join(' '),
    },
    { label: label('arrived_at'), value: paperMoment(ticket?.arrived_at ?? null) },
    { label: label('finished_at'), value: paperMoment(ticket?.finished_at ?? null) },
    { label: label('cause'), value: choices(desk, 'cause', cause.options, ticket?.cause ?? null), wide: true },
    // Not the network's fault: what the user was advised stands where the repair would.
    { label: label('action'), value: brief(desk, ticket?.action ?? ticket?.advice), wide: true, tall: true },
    { label: label('parts'), value: ticket?.parts ?? '', wide: true },
    {
      label: t('paper.f12.cost'),
      value: [ticket?.vendor, ticket?.cost ? (ticket.cost / 100).toFixed(2) : null].filter(Boolean).join(' '),
      wide: true,
    },
    { label: label('result'), value: choices(desk, 'result', result.options, ticket?.result ?? null), wide: true },
    {
      label: label('satisfaction'),
      value: choices(desk, 'satisfaction', satisfaction.options, ticket?.satisfaction ?? null),
      wide: true,
    },
  ];
  const signed = ['reporter', 'repairer', 'head'] as const;
  const slip = (copy: string): PaperSection => ({
    page: 'half',
    title: heading(desk, 'F-12'),
    under: ['', copy, `${t('paper.number')}${ticket?.number ?? ''}`],
    blocks: [
      { kind: 'facts', columns: 3, facts },
      { kind: 'signatures', people: signed.map((role) => ({ role: t(`paper.sign.${role}`) })) },
    ],
  });
  return paperOf(desk, 'F-12', {
    number: ticket?.number ?? '',
    sections: [slip(t('paper.f12.reporter_copy')), slip(t('paper.f12.archive_copy'))],
    foot: { copies: t('paper.f12.copies') },
  });
}
