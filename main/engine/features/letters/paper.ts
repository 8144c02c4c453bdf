/** The form F-19: the text of the unit, for one person after another, each on pages of their own. */
import type { LetterText } from '../../../../shared/features/letters.ts';
import { showMac } from '../../../../shared/mac.ts';
import type { Paper, PaperSection } from '../../../../shared/paper.ts';
import type { people } from '../../../../shared/features/people.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { refText } from '../../titles.ts';
import { currentText } from './texts.ts';
import { copyMarks, paperOf, signatures, type Desk } from '../papers/desk.ts';

type Person = RowOf<typeof people>;

/** The addresses somebody answers for, a line each. */
const addressesOf = (db: ReadDb, personId: string): string =>
  db
    .all<{ ip: string; mac: string | null }>(
      "SELECT ip, mac FROM bindings WHERE person_id = ? AND state <> 'released' AND deleted_at IS NULL ORDER BY ip_order(ip) LIMIT 12",
      personId,
    )
    .map(({ ip, mac }) => (mac ? `${ip}  ${showMac(mac)}` : ip))
    .join('\n');

/** Without people: the blank form. */
export function letterPaper(
  desk: Desk,
  db: ReadDb,
  { number, text, people }: { number: string; text: LetterText; people: readonly Person[] },
): Paper {
  const { t } = desk;
  const version = text.id === null ? '' : `${t('paper.f19.text')}：${t('letters.version', { version: text.version })}`;
  const section = (person: Person | null): PaperSection => ({
    page: 'portrait',
    title: t('paper.heading', { unit: desk.unit, title: text.title }),
    under: [
      t('paper.unit') + (person?.department ?? ''),
      version,
      number === '' ? t('paper.number') : `${t('paper.number')}${number}`,
    ],
    blocks: [
      {
        kind: 'facts',
        columns: 2,
        facts: [
          { label: t('paper.f19.person'), value: person?.name ?? '' },
          { label: t('field.people.department'), value: person?.department ?? '' },
          {
            label: t('field.people.location_id'),
            value: person?.location_id ? refText(db, 'locations', person.location_id) : '',
          },
          { label: t('field.people.phone'), value: person?.phone ?? '' },
          { label: t('paper.f19.addresses'), value: person ? addressesOf(db, person.id) : '', wide: true },
          { label: t('paper.f19.term'), value: t('paper.f19.term_months', { months: text.months }), wide: true },
        ],
      },
      { kind: 'text', lines: text.body.split(/\n+/) },
      { kind: 'signatures', people: signatures(desk, 'responsible', 'unit_head'), seal: t('paper.seal') },
    ],
  });
  return paperOf(desk, 'F-19', {
    number,
    copies: copyMarks(desk),
    foot: { copies: t('paper.f19.copies') },
    sections: people.length === 0 ? [section(null)] : people.map(section),
  });
}

export const blankLetter = (desk: Desk, db: ReadDb): Paper =>
  letterPaper(desk, db, { number: '', text: currentText(db, desk.t, ''), people: [] });
