/** The forms F-18 (入网/IP-MAC绑定申请表) and F-17 (网络外联及准入申请表): one page, filled in as far as it is known, signed by hand. */
import {
  accessKinds,
  applicationForms,
  deviceKinds,
  type ApplicationKind,
} from '../../../../shared/features/applications.ts';
import { bindings, subnets } from '../../../../shared/features/ipam.ts';
import { letterToday } from '../../../../shared/features/letters.ts';
import { showMac } from '../../../../shared/mac.ts';
import type { Paper, PaperBlock } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { findRow } from '../../read-row.ts';
import { refText } from '../../titles.ts';
import { boxes, copyMarks, heading, optionText, paperDay, paperOf, signatures, type Desk } from '../papers/desk.ts';
import type { Application } from './standing.ts';

type Facts = Extract<PaperBlock, { kind: 'facts' }>;
type Fact = Facts['facts'][number];

/** Longest staff number that is shown whole; a longer one is the number of an identity card. */
const WHOLE = 12;
/** Numbers of identity cards are told by their ends alone. */
const masked = (number: string | null): string =>
  number === null
    ? ''
    : number.length <= WHOLE
      ? number
      : `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;

const tick = (desk: Desk, label: string, on: boolean | null): string =>
  boxes(desk, [['on', label]], on === true ? 'on' : null);
const join = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' / ');

/** What was given on it, from the address it was opened with. */
function handling(desk: Desk, db: ReadDb, row: Application | null): Fact[] {
  const { t } = desk;
  const held = row?.binding_id ? findRow(db, bindings, row.binding_id) : null;
  const subnet = held ? findRow(db, subnets, held.subnet_id) : null;
  return [
    { label: t('paper.f18.ip'), value: held?.ip ?? '' },
    { label: 'VLAN', value: subnet?.vlan ? String(subnet.vlan) : '' },
    { label: t('paper.f18.port'), value: join(held?.switch_name ?? null, held?.switch_port ?? null) },
    { label: t('paper.f18.outlet'), value: held?.outlet ?? '' },
    { label: t('field.applications.handler'), value: held ? (row?.handler?.split('@')[0] ?? '') : '' },
    { label: t('paper.f18.handled_on'), value: paperDay(desk, row?.opened_on ?? null) },
  ];
}

function letterOf({ t }: Desk, db: ReadDb, row: Application | null, today: string): string {
  const person = row?.person_id
    ? db.get<{ letter: string; letter_until: string | null }>(
        'SELECT letter, letter_until FROM people WHERE id = ?',
        row.person_id,
      )
    : undefined;
  return person ? t(`option.people.letter.${letterToday(person, today)}`) : '';
}

function termOf(desk: Desk, row: Application | null): string {
  const { t } = desk;
  if (row === null) return t('paper.f18.term_blank');
  if (row.until_on === null) return t('paper.f18.term_long');
  return t('paper.f18.term_until', {
    from: paperDay(desk, row.from_on ?? row.applied_on),
    until: paperDay(desk, row.until_on),
  });
}

function lineFacts(desk: Desk, db: ReadDb, row: Application | null, today: string): Fact[] {
  const { t } = desk;
  const kinds = deviceKinds.map((code) => [code, optionText(desk, 'applications', 'device_kind', code)] as const);
  return [
    { label: t('field.applications.name'), value: row?.name ?? '' },
    { label: t('field.applications.staff_number'), value: masked(row?.staff_number ?? null) },
    { label: t('field.applications.department'), value: row?.department ?? '' },
    { label: t('field.applications.phone'), value: row?.phone ?? '' },
    {
      label: t('field.applications.location_id'),
      value: row?.location_id ? refText(db, 'locations', row.location_id) : '',
    },
    { label: t('paper.f18.letter'), value: letterOf(desk, db, row, today) },
    { label: t('field.applications.device_kind'), value: boxes(desk, kinds, row?.device_kind ?? null), wide: true },
    {
      label: t('field.applications.device'),
      value: join(row?.device ?? null, row?.asset_id ? refText(db, 'assets', row.asset_id) : null),
    },
    { label: 'MAC', value: row?.mac ? showMac(row.mac) : '' },
    { label: t('field.applications.purpose'), value: row?.purpose ?? '', wide: true, tall: true },
    { label: t('paper.f18.term'), value: termOf(desk, row), wide: true },
  ];
}

function accessFacts(desk: Desk, db: ReadDb, row: Application | null): Fact[] {
  const { t } = desk;
  const kinds = accessKinds.map((code) => [code, optionText(desk, 'applications', 'access_kind', code)] as const);
  const term = row?.from_on && row.until_on ? termOf(desk, row) : t('paper.f17.term_blank');
  const safety = (['has_antivirus', 'has_patches', 'is_dedicated'] as const)
    .map((field) => tick(desk, t(`field.applications.${field}`), row?.[field] ?? null))
    .join('  ');
  return [
    { label: t('paper.f17.unit'), value: row?.department ?? '' },
    { label: t('field.applications.name'), value: row?.name ?? '' },
    { label: t('field.applications.phone'), value: row?.phone ?? '' },
    {
      label: t('paper.f17.place'),
      value: row?.location_id ? refText(db, 'locations', row.location_id) : '',
    },
    { label: t('field.applications.access_kind'), value: boxes(desk, kinds, row?.access_kind ?? null), wide: true },
    {
      label: t('paper.f17.device'),
      value: join(row?.device ?? null, row?.asset_id ? refText(db, 'assets', row.asset_id) : null),
    },
    { label: 'MAC', value: row?.mac ? showMac(row.mac) : '' },
    { label: t('paper.f17.target'), value: row?.target ?? '', wide: true },
    { label: t('field.applications.purpose'), value: row?.purpose ?? '', wide: true, tall: true },
    { label: t('paper.f18.term'), value: term, wide: true },
    { label: t('paper.f17.safety'), value: safety, wide: true },
    {
      label: t('paper.f17.secrecy_title'),
      value: `${t('paper.f17.secrecy')} ${tick(desk, t('field.applications.knows_secrecy'), row?.knows_secrecy ?? null)}`,
      wide: true,
    },
  ];
}

/** Without an application: the blank form. */
export function applicationPaper(
  desk: Desk,
  db: ReadDb,
  kind: ApplicationKind,
  { row, today }: { row: Application | null; today: string },
): Paper {
  const { t } = desk;
  const { form } = applicationForms[kind];
  const isLine = kind === 'binding';
  const opinions = isLine ? (['head', 'it'] as const) : (['head', 'it', 'leader'] as const);
  const facts = isLine ? lineFacts(desk, db, row, today) : accessFacts(desk, db, row);
  const done: Fact[] = [
    ...handling(desk, db, row),
    ...(isLine ? [] : [{ label: t('paper.f17.cleared'), value: paperDay(desk, row?.cleared_on ?? null), wide: true }]),
  ];
  const blocks: PaperBlock[] = [
    { kind: 'facts', columns: 2, facts },
    ...(isLine
      ? [{ kind: 'text' as const, title: t('paper.f18.promise_title'), lines: [t('paper.f18.promise')] }]
      : []),
    {
      kind: 'facts',
      columns: 1,
      facts: opinions.map((who) => ({ label: t(`paper.f18.opinion.${who}`), value: '', tall: true })),
    },
    { kind: 'text', title: t('paper.f18.handling'), lines: [] },
    { kind: 'facts', columns: 2, facts: done },
    {
      kind: 'signatures',
      people: isLine
        ? signatures(desk, 'applicant', 'head', 'it', 'handler')
        : signatures(desk, 'applicant', 'head', 'it', 'leader', 'handler'),
      seal: t('paper.seal'),
    },
  ];
  return paperOf(desk, form, {
    number: row?.number ?? '',
    copies: copyMarks(desk),
    foot: { copies: t('paper.f18.copies') },
    sections: [
      {
        page: 'portrait',
        title: heading(desk, form),
        under: [
          row ? t('paper.unit') + (row.department ?? '') : t('paper.unit'),
          paperDay(desk, row?.applied_on ?? null),
          `${t('paper.number')}${row?.number ?? ''}`,
        ],
        blocks,
      },
    ],
  });
}
