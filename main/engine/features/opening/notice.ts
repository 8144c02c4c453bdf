/** The notice of change F-18B: what was, what is from now on, and what the user sets on the machine. */
import type { bindings, subnets } from '../../../../shared/features/ipam.ts';
import { parseCidr, maskOf } from '../../../../shared/ip.ts';
import { showMac } from '../../../../shared/mac.ts';
import type { Paper, PaperBlock } from '../../../../shared/paper.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { refText } from '../../titles.ts';
import { heading, paperDay, paperOf, signatures, type Desk } from '../papers/desk.ts';

type Binding = RowOf<typeof bindings>;
export interface Change {
  readonly before: Binding;
  readonly after: Binding;
}
export interface Notice {
  readonly number: string;
  readonly day: string | null;
  readonly reason: string;
  readonly department: readonly [before: string, after: string];
  readonly changes: readonly Change[];
}

/** Without a notice: the blank form. */
export function noticePaper(desk: Desk, db: ReadDb, notice: Notice | null): Paper {
  const { t } = desk;
  const name = notice?.changes[0] ? refText(db, 'people', notice.changes[0].after.person_id) : '';
  const [was, is] = notice?.department ?? ['', ''];
  const blocks: PaperBlock[] = [
    {
      kind: 'facts',
      columns: 2,
      facts: [
        { label: t('field.bindings.person_id'), value: name },
        { label: t('opening.notice.day'), value: paperDay(desk, notice?.day ?? null) },
        {
          label: t('field.people.department'),
          value: was === is || was === '' ? is : t('opening.notice.from_to', { before: was, after: is }),
          wide: true,
        },
        { label: t('common.reason'), value: notice?.reason ?? '', wide: true },
      ],
    },
    ...(notice === null ? [blankTable(desk)] : notice.changes.map((change) => changeTable(desk, db, change))),
    { kind: 'text', title: t('opening.notice.settings'), lines: settings(desk, db, notice) },
    { kind: 'signatures', people: signatures(desk, 'user', 'head', 'handler') },
  ];
  return paperOf(desk, 'F-18B', {
    number: notice?.number ?? '',
    sections: [
      {
        page: 'portrait',
        title: heading(desk, 'F-18B'),
        under: [t('opening.notice.scope'), '', `${t('paper.number')}${notice?.number ?? ''}`],
        blocks,
      },
    ],
    foot: { copies: t('opening.notice.copies') },
  });
}

const COLUMNS = ['what', 'before', 'after'] as const;
const table = (desk: Desk, title: string, rows: string[][]): PaperBlock => ({
  kind: 'table',
  title,
  columns: COLUMNS.map((name) => ({
    label: desk.t(`opening.notice.${name}`),
    ...(name === 'what' ? { width: 32 } : { mono: true }),
  })),
  groups: [{ rows }],
});

const FIELDS = ['location_id', 'subnet_id', 'ip', 'mac', 'outlet', 'switch_name', 'switch_port', 'hostname'] as const;
const blankTable = (desk: Desk): PaperBlock =>
  table(
    desk,
    desk.t('opening.notice.changes'),
    FIELDS.map((field) => [desk.t(`field.bindings.${field}`), '', '']),
  );

function changeTable(desk: Desk, db: ReadDb, { before, after }: Change): PaperBlock {
  const shown = (row: Binding, field: (typeof FIELDS)[number]): string => {
    const value = row[field];
    if (value === null) return '';
    if (field === 'mac') return showMac(value);
    return field === 'location_id'
      ? refText(db, 'locations', value)
      : field === 'subnet_id'
        ? refText(db, 'subnets', value)
        : value;
  };
  const rows = FIELDS.map((field) => [desk.t(`field.bindings.${field}`), shown(before, field), shown(after, field)]);
  return table(desk, desk.t('opening.notice.of', { before: before.ip, after: after.ip }), rows);
}

/** What has to be set on each machine: the lines a user needs beside the address. */
function settings(desk: Desk, db: ReadDb, notice: Notice | null): string[] {
  if (notice === null) return [desk.t('opening.notice.set', { ip: '', mask: '', gateway: '', dns: '' })];
  return notice.changes.map(({ after }) => {
    const subnet = db.get<Pick<RowOf<typeof subnets>, 'cidr' | 'gateway' | 'dns'>>(
      'SELECT cidr, gateway, dns FROM subnets WHERE id = ?',
      after.subnet_id,
    );
    const cidr = parseCidr(subnet?.cidr ?? '');
    const set = { ip: after.ip, mask: cidr ? maskOf(cidr.prefix) : '', gateway: subnet?.gateway ?? '' };
    return subnet?.dns
      ? desk.t('opening.notice.set', { ...set, dns: subnet.dns })
      : desk.t('opening.notice.set_dns_by_hand', set);
  });
}
