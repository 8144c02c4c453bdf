/** Who makes which network cards: the table that comes with Lanbook, and newer registry files brought by USB. */
import { z } from 'zod';
import { call } from '../../call.ts';
import { idText } from '../../record.ts';
import { cleanText } from '../../untrusted.ts';

/** The three IEEE registries, by the hex digits of their prefixes. */
export const registries = ['ma_l', 'ma_m', 'ma_s'] as const;
export type Registry = (typeof registries)[number];
export const registryDigits: Readonly<Record<Registry, number>> = { ma_l: 6, ma_m: 7, ma_s: 9 };

const MAKER_CHARS = 60;
/** A maker as it is stored and shown: one line, short. */
export const makerName = (text: string): string =>
  cleanText(text.slice(0, 1000).replace(/\s+/g, ' ').trim(), MAKER_CHARS).trim();

const counts = z.record(z.enum(registries), z.int());
const vendorState = z.object({
  /** `file`: brought by the user, and used in place of the table that comes with Lanbook. */
  source: z.enum(['built_in', 'file']),
  updated_at: z.number().nullable(),
  prefixes: counts,
  built_in: counts,
});
export type VendorState = z.infer<typeof vendorState>;

export const vendorsContract = {
  state: call.output(vendorState),
  /**
   * Reads the files that `transfer.upload` brought: oui.csv (MA-L), mam.csv (MA-M), oui36.csv (MA-S) of the IEEE, or Lanbook's own
   * oui.tsv. A registry that none of them has stays as it is. All or nothing.
   */
  update: call.input(z.object({ uploads: z.array(idText).min(1).max(4) })).output(vendorState),
  /** Back to the table that comes with Lanbook. */
  reset: call.output(vendorState),
};
