/** Rows as Excel and WPS take them from the clipboard: cells by tab, rows by line, quotes only where a cell needs them. */

const cell = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
export const tsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join('\t')).join('\r\n');
