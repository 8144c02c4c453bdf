/** Parts that went into a repair: lines of name, spec and count, kept as JSON on the ticket. */
import { z } from 'zod';

export const partLine = z.object({
  name: z.string().trim().min(1).max(60),
  spec: z.string().trim().max(60).default(''),
  quantity: z.int().min(1).max(9999),
});
export type PartLine = z.infer<typeof partLine>;
/** Nobody changes more kinds of parts in one repair. */
export const MOST_PARTS = 20;
const lines = z.array(partLine).max(MOST_PARTS);

/** The lines of a ticket; none when nothing was noted, or when a newer version wrote what this one cannot read. */
export function readParts(stored: string | null): PartLine[] {
  if (stored === null) return [];
  try {
    return lines.safeParse(JSON.parse(stored)).data ?? [];
  } catch {
    return [];
  }
}

const same = (a: Pick<PartLine, 'name' | 'spec'>, b: Pick<PartLine, 'name' | 'spec'>): boolean =>
  a.name === b.name && a.spec === b.spec;

/** One more or fewer of a part; a line without any is gone. */
export function countPart(
  parts: readonly PartLine[],
  part: Pick<PartLine, 'name' | 'spec'>,
  by: number,
): readonly PartLine[] {
  const known = parts.find((line) => same(line, part));
  if (!known) return by > 0 && parts.length < MOST_PARTS ? [...parts, { ...part, quantity: by }] : parts;
  const quantity = Math.min(9999, known.quantity + by);
  return quantity < 1
    ? parts.filter((line) => line !== known)
    : parts.map((line) => (line === known ? { ...line, quantity } : line));
}

/** `水晶头 超六类 ×2，跳线 ×1`: as it stands on the slip and in lists. Cut to what the field holds. */
export const partsText = (parts: readonly PartLine[]): string =>
  parts
    .map(({ name, spec, quantity }) => `${[name, spec].filter(Boolean).join(' ')} ×${quantity}`)
    .join('，')
    .slice(0, 200);

/** What somebody wrote as words before there were lines: `水晶头 ×2，跳线`. */
export function readPartsText(text: string | null): PartLine[] {
  const pieces = (text ?? '').split(/[，,；;、\n]/).map((piece) => piece.trim());
  return pieces
    .filter((piece) => piece !== '')
    .slice(0, MOST_PARTS)
    .map((piece) => {
      const [, name = piece, count = '1'] = /^(.*\S)\s*[×xX*]\s*(\d{1,4})$/.exec(piece) ?? [];
      return { name: name.slice(0, 60), spec: '', quantity: Math.max(1, Number(count)) };
    });
}

/** The parts of a ticket, however they were noted. */
export const partsOf = (ticket: { readonly part_lines: string | null; readonly parts: string | null }): PartLine[] =>
  ticket.part_lines === null ? readPartsText(ticket.parts) : readParts(ticket.part_lines);
