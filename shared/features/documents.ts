/** Frozen copies: what was printed or submitted, word for word, with its number. Papers print from them, red rows compare with them. */
import { choice, day, flag, instant, int, record, ref, text } from '../record.ts';

export const documents = record('documents', {
  /** `代码-年月-机号-流水`, e.g. `BX-202609-L03-0017` (domain.md §2.0). */
  number: text({ required: true, max: 40, class: 'C', search: 'key' }),
  form: text({ required: true, max: 10 }),
  title: text({ required: true, max: 200, search: 'text' }),
  kind: choice(['print', 'submission'], { required: true }),
  made_on: day({ required: true }),
  made_at: instant({ required: true }),
  author: text({ required: true, max: 80 }),
  /** SHA-256 of the content, hex. */
  sha256: text({ required: true, max: 64 }),
  /** How many pieces the content has. */
  parts: int({ required: true, min: 0 }),
  voided: flag(),
});

/** The content of a document: JSON, gzip, base64, in pieces that fit a commit. */
export const documentParts = record(
  'document_parts',
  {
    document_id: ref('documents', { required: true }),
    part: int({ required: true, min: 0 }),
    data: text({ required: true, max: 262_144 }),
  },
  { appendOnly: true },
);
