/** Everything the register holds of one person on one paper: to be shown to them, handed over, or corrected. */
import { applications } from '../../../../shared/features/applications.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { letterToday } from '../../../../shared/features/letters.ts';
import { people } from '../../../../shared/features/people.ts';
import { tickets } from '../../../../shared/features/tickets.ts';
import { showMoment } from '../../../../shared/day.ts';
import { showMac } from '../../../../shared/mac.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import { catalogue } from '../../../../shared/messages.ts';
import type { Paper, PaperBlock } from '../../../../shared/paper.ts';
import type { Fields, RecordType, Row, RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { historyOf } from '../../history.ts';
import { refText } from '../../titles.ts';
import { heading, optionText, paperDay, paperMoment, paperOf, signatures, type Desk } from '../papers/desk.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;

/** Every live row of a table that points to the person. */
const of = <F extends Fields>(db: ReadDb, type: RecordType<F>, where: string, id: string): Row<F>[] =>
  db
    .all(
      `SELECT * FROM ${type.table} WHERE deleted_at IS NULL AND (${where}) ORDER BY id`,
      ...where
        .split('?')
        .slice(1)
        .map(() => id),
    )
    .map((raw) => decode(type, raw));

/** Shown first and as they are; the rest of the declared fields follow in their order. */
const NOT_SHOWN = new Set(['letter', 'letter_text_id']);

function basics(desk: Desk, db: ReadDb, person: RowOf<typeof people>, today: string): PaperBlock {
  const { t } = desk;
  const value = (name: string): string => {
    const field = people.fields[name as keyof typeof people.fields];
    const stored = person[name as keyof typeof person];
    if (stored === null || stored === undefined) return '';
    if (field.kind === 'choice') return optionText(desk, 'people', name, String(stored));
    if (field.kind === 'ref') return refText(db, field.table, String(stored));
    if (field.kind === 'day') return paperDay(desk, String(stored));
    return String(stored);
  };
  const facts = Object.keys(people.fields)
    .filter((name) => !NOT_SHOWN.has(name))
    .map((name) => ({
      label: t(`field.people.${name}` as MessageKey),
      value: value(name),
      wide: people.fields[name as keyof typeof people.fields].kind === 'note',
    }));
  const letter = { label: t('field.people.letter'), value: t(`option.people.letter.${letterToday(person, today)}`) };
  const text = {
    label: t('field.people.letter_text_id'),
    value: person.letter_text_id
      ? refText(db, 'letter_texts', person.letter_text_id)
      : person.letter_on
        ? t('letters.builtIn')
        : '',
  };
  return { kind: 'facts', columns: 2, facts: [...facts, letter, text] };
}

const table = (desk: Desk, title: string, columns: Table['columns'], rows: string[][]): Table => ({
  kind: 'table',
  title,
  columns,
  groups: [{ rows }],
  empty: desk.t('paper.none'),
});

function held(desk: Desk, db: ReadDb, id: string): Table[] {
  const { t } = desk;
  const label = (key: MessageKey, width?: number) => ({ label: t(key), ...(width === undefined ? {} : { width }) });
  const relation = (asset: RowOf<typeof assets>): string =>
    [asset.user_id === id ? t('paper.r33.user') : '', asset.custodian_id === id ? t('paper.r33.keeper') : '']
      .filter(Boolean)
      .join('/');
  return [
    table(
      desk,
      t('paper.r33.bindings'),
      [
        { label: 'IP', width: 26, mono: true },
        { label: 'MAC', width: 34, mono: true },
        label('field.bindings.location_id'),
        label('field.bindings.state', 14),
        label('field.bindings.opened_on', 24),
        label('paper.r33.released', 24),
      ],
      of(db, bindings, 'person_id = ?', id).map((row) => [
        row.ip,
        row.mac ? showMac(row.mac) : '',
        row.location_id ? refText(db, 'locations', row.location_id) : '',
        optionText(desk, 'bindings', 'state', row.state),
        row.opened_on,
        row.released_at === null ? '' : showMoment(row.released_at).slice(0, 10),
      ]),
    ),
    table(
      desk,
      t('paper.r33.assets'),
      [
        label('field.assets.tag', 34),
        label('field.assets.name'),
        label('field.assets.model', 40),
        label('field.assets.status', 16),
        label('paper.r33.role', 26),
      ],
      of(db, assets, 'user_id = ? OR custodian_id = ?', id).map((row) => [
        row.tag ?? '',
        row.name,
        row.model ?? '',
        optionText(desk, 'assets', 'status', row.status),
        relation(row),
      ]),
    ),
    table(
      desk,
      t('paper.r33.tickets'),
      [
        label('field.tickets.number', 40),
        label('field.tickets.reported_at', 32),
        label('field.tickets.symptom'),
        label('field.tickets.state', 18),
      ],
      of(db, tickets, 'person_id = ?', id).map((row) => [
        row.number,
        paperMoment(row.reported_at),
        row.symptom,
        optionText(desk, 'tickets', 'state', row.state),
      ]),
    ),
    table(
      desk,
      t('paper.r33.applications'),
      [
        label('field.applications.number', 40),
        label('field.applications.kind', 24),
        label('field.applications.applied_on', 26),
        label('field.applications.purpose'),
        label('field.applications.state', 18),
      ],
      of(db, applications, 'person_id = ?', id).map((row) => [
        row.number,
        optionText(desk, 'applications', 'kind', row.kind),
        row.applied_on,
        row.purpose ?? '',
        optionText(desk, 'applications', 'state', row.state),
      ]),
    ),
  ];
}

/** Who changed what of the person's own record, newest first. */
function changes(desk: Desk, db: ReadDb, id: string): Table {
  const { t } = desk;
  const commandText = (command: string): string => {
    const key = `command.${command}`;
    return key in catalogue ? t(key as MessageKey) : command;
  };
  const rows = historyOf(db, id).entries.map((entry) => [
    showMoment(entry.at),
    entry.actor.split('@')[0] ?? '',
    commandText(entry.command),
    entry.fields.map(({ field }) => t(`field.people.${field}` as MessageKey)).join('、'),
  ]);
  return table(
    desk,
    t('paper.r33.changes'),
    [
      { label: t('paper.r33.when'), width: 32 },
      { label: t('paper.r33.by'), width: 24 },
      { label: t('paper.r33.what'), width: 34 },
      { label: t('paper.f25.item') },
    ],
    rows,
  );
}

export function personPaper(
  desk: Desk,
  db: ReadDb,
  person: RowOf<typeof people>,
  about: { number: string; today: string },
): Paper {
  const { t } = desk;
  return paperOf(desk, 'R-33', {
    number: about.number,
    sections: [
      {
        page: 'portrait',
        title: heading(desk, 'R-33'),
        under: [person.name, paperDay(desk, about.today), `${t('paper.number')}${about.number}`],
        blocks: [
          { kind: 'text', title: t('paper.r33.basic'), lines: [t('paper.r33.notice')] },
          basics(desk, db, person, about.today),
          ...held(desk, db, person.id),
          changes(desk, db, person.id),
          { kind: 'facts', columns: 1, facts: [{ label: t('paper.r33.corrections'), value: '', tall: true }] },
          { kind: 'signatures', people: signatures(desk, 'responsible', 'made') },
        ],
      },
    ],
  });
}
