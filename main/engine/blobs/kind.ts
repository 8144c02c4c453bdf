/** Which of the known kinds a file is, told by its bytes alone (security.md K6). What could run in a page or a program is none of them. */
import { imageOf } from '../../../shared/features/attachments/image.ts';
import { MAX_PIXELS, type AttachmentType } from '../../../shared/features/attachments.ts';
import { refuse } from '../../../shared/refusal.ts';
import { decodeText } from '../sheets/csv-read.ts';
import { openArchive } from '../sheets/zip.ts';

const begins = (bytes: Buffer, text: string): boolean => bytes.subarray(0, text.length).toString('latin1') === text;
/** Control characters that no text file has: what holds one is a program's own format. */
// oxlint-disable-next-line no-control-regex -- finding them is what it is for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/** Text in one of the encodings of the trade that does not begin as a document of a browser (svg, html, xml). */
function isPlainText(bytes: Buffer): boolean {
  try {
    const { text } = decodeText(bytes);
    return (
      !CONTROL.test(text) &&
      !text.includes('\ufffd') &&
      !text
        .replace(/^\ufeff/, '')
        .trimStart()
        .startsWith('<')
    );
  } catch {
    return false;
  }
}

/** A workbook has its parts by these names; one with macros is none of ours. Looks into the directory, unpacks nothing. */
async function isWorkbook(bytes: Buffer): Promise<boolean> {
  try {
    const archive = await openArchive(bytes);
    const names = archive.names();
    archive.close();
    return (
      names.includes('[content_types].xml') &&
      names.includes('xl/workbook.xml') &&
      !names.some((name) => name.endsWith('.bin') && name.includes('vba'))
    );
  } catch {
    return false;
  }
}

/** Null for every other kind. `name` tells csv from txt, nothing else. */
export async function kindOf(bytes: Buffer, name: string): Promise<AttachmentType | null> {
  const image = imageOf(bytes);
  if (image) return image.type;
  if (begins(bytes, '%PDF-')) return 'pdf';
  if (begins(bytes, 'PK\x03\x04')) return (await isWorkbook(bytes)) ? 'xlsx' : null;
  if (!isPlainText(bytes)) return null;
  return /\.csv$/i.test(name) ? 'csv' : 'txt';
}

/** As `kindOf`; refuses what is none, and a picture that would not fit the memory of a window. */
export async function needKind(bytes: Buffer, name: string): Promise<AttachmentType> {
  const type = await kindOf(bytes, name);
  if (type === null) throw refuse('attachment_kind', { name });
  const image = imageOf(bytes);
  if (image && image.width * image.height > MAX_PIXELS)
    throw refuse('attachment_pixels', {
      name,
      max: MAX_PIXELS / 1_000_000,
      found: Math.ceil((image.width * image.height) / 1_000_000),
    });
  return type;
}
