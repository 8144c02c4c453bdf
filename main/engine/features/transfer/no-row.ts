/** What in a sheet is no data: blank cells that are written out, totals, signatures and remarks under the table. */
import type { RawRow } from '../../sheets/types.ts';

/** Whole words only: 注塑机 and 说明书架 are things somebody owns. */
const FOOT =
  /^(?:[合总小共]\s*计|制表|制表人|审核人|填表人|填报人|经办人|负责人|说明|备注|注|total)(?:[\s:：（(].*)?$/is;
/** What people write where there is nothing. */
const NOTHING = /^(?:无|暂无|没有|\/+|-+|—+|\\|n\/?a|null|none|待补|待定|空)$/i;

/** What a cell says, '' where it says nothing. */
export function cellText(raw: RawRow, column: { readonly index: number; readonly name: string }): string {
  const text = raw.text[column.index] ?? '';
  return text.trim() === '' || (column.name !== 'remark' && NOTHING.test(text.trim())) ? '' : text;
}

/** `columns` are the imported ones; `hasName` says whether one of them named the thing. */
export function isNoRow(raw: RawRow, columns: readonly { readonly index: number }[], hasName: boolean): boolean {
  const filled = raw.text.filter((text) => text.trim() !== '');
  if (filled.length === 0) return true;
  if (FOOT.test(filled[0]!.trim()) && (filled.length <= 3 || !hasName)) return true;
  return columns.every(({ index }) => (raw.text[index] ?? '').trim() === '');
}
