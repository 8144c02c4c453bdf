/** The text of the responsibility letter: the unit's own in versions, below them the one that comes with the program. */
import { DEFAULT_MONTHS, letterTexts, letterToday, type LetterText } from '../../../../shared/features/letters.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';

/** Newest first. Two laptops may each have made a third version, offline: the later of them is the newer. */
export function textsOf(db: ReadDb, t: Translate, today: string): LetterText[] {
  const inForce = new Map<string | null, number>();
  for (const person of db.iterate(
    "SELECT letter, letter_until, letter_text_id FROM people WHERE letter = 'signed' AND deleted_at IS NULL",
  )) {
    const row = person as { letter: string; letter_until: string | null; letter_text_id: string | null };
    if (letterToday(row, today) !== 'signed') continue;
    inForce.set(row.letter_text_id, (inForce.get(row.letter_text_id) ?? 0) + 1);
  }
  const own = db
    .all('SELECT * FROM letter_texts WHERE deleted_at IS NULL ORDER BY version DESC, at DESC, id DESC')
    .map((raw) => decode(letterTexts, raw));
  return [
    ...own.map(({ rv: _rv, ...text }) => ({ ...text, signed: inForce.get(text.id) ?? 0 })),
    {
      id: null,
      version: 0,
      title: t('letters.default.title'),
      body: t('letters.default.body'),
      months: DEFAULT_MONTHS,
      at: null,
      author: '',
      signed: inForce.get(null) ?? 0,
    },
  ];
}

/** The text that is printed now. */
export const currentText = (db: ReadDb, t: Translate, today: string): LetterText =>
  textsOf(db, t, today)[0] as LetterText;

/** The text with this id (null: the program's own); refuses one that is not there. */
export function textById(db: ReadDb, t: Translate, today: string, id: string | null): LetterText {
  const found = textsOf(db, t, today).find((text) => text.id === id);
  if (!found) throw refuse('not_found');
  return found;
}

export function addText(
  tx: WriteDb,
  t: Translate,
  given: { title: string; body: string; months: number },
  { now, today, actor }: { now: number; today: string; actor: string },
) {
  const last = currentText(tx, t, today);
  if (last.title === given.title && last.body === given.body && last.months === given.months)
    throw refuse('letters_same_text');
  return tx.append(letterTexts, { ...given, version: last.version + 1, at: now, author: actor });
}
