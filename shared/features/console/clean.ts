/** From what a terminal copied to the lines that were on the screen: pager marks, backspaces and escape codes are carried out. Pure. */

/** More than 40 switches' tables; a longer paste is a log file, and is refused with a sentence. */
export const MAX_TEXT = 2_000_000;
/** The widest tables have 140 columns. */
const MAX_LINE = 600;
/** With what a terminal's log kept of the codes that wiped it away, where the escape character itself was lost: `[42D   [42D`. */
const MORE = /-{2,6} ?\(?more\)? ?-{2,6}(?: ?press q[^-]{0,40}-{2,6})?(?: {0,80}\[\d{1,3}[DK]){0,3}/gi;
const ESCAPE = '\u001b';

/** Whether a terminal does more with it than print it: C0 controls and DEL. */
const isControl = (char: string): boolean => char < ' ' || char === '\u007f';

/** One line as a terminal would show it. Linear: every character is looked at once. */
function shown(raw: string): string {
  if (!Array.from(raw.slice(0, MAX_LINE)).some(isControl)) return raw.slice(0, MAX_LINE);
  const cells: string[] = [];
  let column = 0;
  for (let at = 0; at < raw.length && at < MAX_LINE * 8; at += 1) {
    const char = raw[at] ?? '';
    if (char === '\b') column = Math.max(0, column - 1);
    else if (char === '\r') column = 0;
    else if (char === '\t') column += 8 - (column % 8);
    else if (char === ESCAPE && raw[at + 1] === '[') {
      const code = /^\[([0-9;?]{0,12})([A-Za-z])/.exec(raw.slice(at + 1, at + 15));
      if (!code) continue;
      at += code[0].length;
      const many = Math.min(Number(code[1]) || 1, MAX_LINE);
      if (code[2] === 'D') column = Math.max(0, column - many);
      else if (code[2] === 'C') column += many;
      else if (code[2] === 'K') cells.length = Math.min(cells.length, column);
    } else if (!isControl(char)) {
      if (column < MAX_LINE) cells[column] = char;
      column += 1;
    }
    column = Math.min(column, MAX_LINE);
  }
  return Array.from(cells, (cell) => cell ?? ' ').join('');
}

export function screenLines(text: string): string[] {
  return text
    .slice(0, MAX_TEXT)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((raw) =>
      shown(raw)
        .replace(/[\u00a0\u3000]/g, ' ')
        .replace(MORE, ' ')
        .trimEnd(),
    );
}
