/**
 * Text for the search index. SQLite's tokenizers cannot find two Chinese characters inside a longer run, so every pair of
 * neighbouring characters becomes one token (stack.md §6): a phrase of pairs then matches exactly what LIKE would.
 */
const CJK = /[\u3400-\u9fff\uf900-\ufaff]+/gu;
const WORD = /[\u3400-\u9fff\uf900-\ufaff]+|[^\s\u3400-\u9fff\uf900-\ufaff"]+/gu;

/** Index text: runs of Chinese become their pairs plus the last character alone; everything else stays a word. */
export const grams = (text: string): string =>
  text.toLowerCase().replace(CJK, (run) => {
    const chars = [...run];
    return ` ${chars.map((char, i) => char + (chars[i + 1] ?? '')).join(' ')} `;
  });

const quote = (token: string): string => `"${token.replaceAll('"', '""')}"`;

/** The FTS5 query for what a person typed, or null when it holds nothing to look for. Every part must be found. */
export function gramQuery(typed: string): string | null {
  const parts = typed.toLowerCase().match(WORD) ?? [];
  const terms = parts.map((part) => {
    const chars = [...part];
    const chinese = /[\u3400-\u9fff\uf900-\ufaff]/u.test(part);
    if (!chinese) return `${quote(part)} *`;
    if (chars.length === 1) return `${quote(part)} *`;
    return quote(
      chars
        .slice(0, -1)
        .map((char, i) => char + chars[i + 1])
        .join(' '),
    );
  });
  return terms.length > 0 ? terms.join(' AND ') : null;
}

/** Serials, tags, addresses without separators and in upper case, so that any written style finds them. */
export const bare = (key: string): string =>
  key
    .normalize('NFKC')
    .replace(/[\s:\-._/]/g, '')
    .toUpperCase();
