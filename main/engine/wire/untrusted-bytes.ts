/** The gate for bytes a device sent (security.md X1): names, descriptions, titles, in whatever encoding it happens to use. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { cleanText } from '../../../shared/untrusted.ts';

/** Text from the network that has passed the gate: shown as text only, never as markup, command or path. */
export type Untrusted = string & { readonly __untrusted: true };

/** More is never read, however much was sent. Four bytes are the longest character of UTF-8 and GB18030. */
const MOST_CHARS = 256;
const MOST_BYTES = MOST_CHARS * 4;
// what no device name needs: formats, fillers and tags that show nothing (beyond those `cleanText` takes), private use, unassigned
const STRANGE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Co}\p{Cn}\p{Cs}]/gu;
/** Two bytes of UTF-8 at most a letter (Latin, Greek, Cyrillic): the same bytes may be Chinese of GBK. */
const ONLY_SHORT = /^[^\u0800-\uffff]*$/;
const ASCII_OR_HAN = /^[ -~\p{Script=Han}]*$/u;

/**
 * UTF-8 where it is valid, else GB18030 where that decodes without a gap, else hexadecimal. One line, NFC, without control, bidi or
 * invisible characters, 256 characters at most. `prefer`: what the sender is known to use where both readings are possible.
 */
export function untrusted(bytes: Uint8Array, prefer: 'utf-8' | 'gb18030' = 'utf-8'): Untrusted {
  const some = bytes.subarray(0, MOST_BYTES);
  if (isUtf8(bytes) || (bytes.length > MOST_BYTES && isUtf8(wholeCharacters(some)))) {
    const text = Buffer.from(some).toString('utf8');
    const chinese = prefer === 'gb18030' && ONLY_SHORT.test(text) ? gb18030(some) : null;
    return line(chinese !== null && ASCII_OR_HAN.test(chinese) ? chinese : text);
  }
  // the last character may have been cut: by us, or by a field of fixed length (15 bytes in NetBIOS)
  const text = gb18030(some) ?? (some.length > 3 ? gb18030(some.subarray(0, -1)) : null);
  return text === null ? hex(some) : line(text);
}

/** The same gate for text that something else has decoded (a name of DNS). */
export const untrustedText = (text: string): Untrusted => line(text.slice(0, MOST_BYTES));

const hex = (bytes: Uint8Array): Untrusted =>
  Buffer.from(bytes.subarray(0, MOST_CHARS / 2)).toString('hex') as Untrusted;

/** Null where a byte fits nothing, or where the result is no text: controls and private characters come from binary data. */
function gb18030(bytes: Uint8Array): string | null {
  const text = iconv.decode(Buffer.from(bytes), 'gb18030');
  return /[\ufffd\p{Co}\p{Cn}]/u.test(text) ? null : text;
}

function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  // continuation bytes and the lead byte that the cut left alone
  while (end > 0 && bytes.length - end < 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, Math.max(0, end - 1));
}

function line(text: string): Untrusted {
  // taken away before NFC: what then stands side by side may combine
  const plain = text.replace(/[\s\u0085\u2028\u2029]+/g, ' ').replace(STRANGE, '');
  return [...cleanText(plain, Infinity).replace(/ {2,}/g, ' ').trim()]
    .slice(0, MOST_CHARS)
    .join('')
    .trim() as Untrusted;
}
