/** Form F-20, the tool custody list: one line a tool, keys and cards in a column of their own. Widths in millimetres. */
import { toolConditions, type tools } from '../../../../shared/features/custody.ts';
import type { Paper, PaperBlock } from '../../../../shared/paper.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { boxes, heading, optionText, paperDay, paperOf, signatures, type Desk } from '../papers/desk.ts';
import { emptyRows } from '../papers/lists.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;
type Tool = RowOf<typeof tools>;
/** Rows that fill one A4 page under the title. */
const ROWS = 16;

/** Without a number: the empty form. */
export function custodyPaper(desk: Desk, number: string, held: readonly Tool[]): Paper {
  const { t } = desk;
  const table: Table = {
    kind: 'table',
    columns: [
      { label: t('paper.serial'), width: 9, align: 'center' },
      { label: t('field.tools.number'), width: 24 },
      { label: t('field.tools.name') },
      { label: t('paper.f20.quantity'), width: 9, align: 'center' },
      { label: t('paper.f20.receiver'), width: 24 },
      { label: t('field.tools.condition'), width: 30 },
      { label: t('paper.f20.keys'), width: 12, align: 'center' },
      { label: t('field.tools.returned_on'), width: 21 },
      { label: t('paper.f20.receiver_by'), width: 17 },
    ],
    groups: [{ rows: held.map((tool, index) => rowOf(desk, tool, index)) }],
    signatures: signatures(desk, 'holder', 'receiver'),
  };
  return paperOf(desk, 'F-20', {
    number,
    copies: number === '' ? [''] : [t('paper.original'), t('paper.duplicate')],
    sections: [
      {
        page: 'portrait',
        title: heading(desk, 'F-20'),
        under: [`${t('paper.unit')}${desk.unit}`, '', `${t('paper.number')}${number}`],
        blocks: [number === '' ? blank(desk, table) : table],
      },
    ],
    foot: { copies: t('paper.f20.copies') },
  });
}

const conditions = (desk: Desk, chosen: string | null): string =>
  boxes(
    desk,
    toolConditions.map((code) => [code, optionText(desk, 'tools', 'condition', code)] as const),
    chosen,
  );

/** Rows to write in, the condition to be ticked. */
function blank(desk: Desk, table: Table): Table {
  const empty = emptyRows(table, ROWS);
  const at = table.columns.findIndex(({ label }) => label === desk.t('field.tools.condition'));
  return {
    ...empty,
    groups: empty.groups.map(({ rows }) => ({ rows: rows.map((row) => row.with(at, conditions(desk, null))) })),
  };
}

function rowOf(desk: Desk, tool: Tool, index: number): string[] {
  const other = tool.kind === 'tool' ? '' : optionText(desk, 'tools', 'kind', tool.kind);
  const who = [tool.holder, paperDay(desk, tool.issued_on)].filter(Boolean).join('\n');
  return [
    String(index + 1),
    tool.number,
    [tool.name, tool.model].filter(Boolean).join(' '),
    String(tool.quantity),
    who,
    conditions(desk, tool.condition),
    other,
    paperDay(desk, tool.returned_on),
    tool.received_by ?? '',
  ];
}
