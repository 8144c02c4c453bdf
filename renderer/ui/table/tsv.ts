/**
 * Rows as Excel and WPS take them from the clipboard: cells by tab, rows by line, quotes only where a cell needs them.
 * A cell that a spreadsheet would calculate (a host name heard on the network may be `=HYPERLINK(…)`) gets one `'` in front
 * (security.md X3); `fromClipboard` takes exactly that one away again.
 */

/** What starts a formula, also full-width, with or without blanks and apostrophes before it. */
const FORMULA = /^'*[^\S\t\r\n]*[=+\-@＝＋－＠\t\r\n\0]/;
/** Calculates to itself. */
const NUMBER = /^[+-]\d+(?:,\d{3})*(?:\.\d+)?%?$/;

const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
const cell = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const tsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((text) => cell(harmless(text))).join('\t')).join('\r\n');

/** A quoted cell as a whole, or what stands between two separators. */
const CELL = /"(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]+/g;

/** Copied cells as their owner wrote them. */
export const fromClipboard = (text: string): string =>
  text.replace(CELL, (written) => {
    const [quote, content] = /^"[^]*"$/.test(written) ? ['"', written.slice(1)] : ['', written];
    return content.startsWith("'") && FORMULA.test(content) ? quote + content.slice(1) : written;
  });
