/** The one gate for text that came from outside (scanned devices, spreadsheets, hub): security.md X1. */

// C0 without tab/newline, DEL, C1 (U+009B is a terminal escape), zero-width, bidi controls, line separators, BOM, lone surrogates
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;

/** Strips control, bidi and zero-width characters, normalises to NFC, cuts at `max` characters. Idempotent. */
export function cleanText(text: string, max = 256): string {
  // taken away first: what then stands side by side may combine
  const clean = text.replace(UNSAFE, '').normalize('NFC');
  const chars = [...clean];
  return chars.length > max ? chars.slice(0, max).join('') : clean;
}
