/**
 * Finding one past again when the hub was restored from a backup (sync.md 2.9). A laptop holds every commit it ever received, with the chain
 * over them, so the last commit both sides share can be searched for, and what the hub lost can be offered to it again in its old order.
 */
import { z } from 'zod';

const link = z.tuple([z.int().min(0), z.string().regex(/^[0-9a-f]{64}$/)]);
/** How many links of its chain a laptop shows at a time. */
export const MAX_LINKS = 64;

/** Ascending by number. */
export const commonRequest = z.strictObject({ links: z.array(link).min(1).max(MAX_LINKS) });
/** The highest of these links that the hub has too; null when none is: another store. */
export const commonAnswer = z.object({ seq: z.int().min(0).nullable() });

/** A commit as it stood in the past that was lost: its number there, the chain before it, and the verdict it was given. */
const offered = z.strictObject({
  seq: z.int().min(1),
  chain_before: z.string().max(64),
  /** Head and operations as `commitText` writes them. */
  text: z.string(),
  result: z.string(),
});
export type Offered = z.infer<typeof offered>;
export const MAX_OFFERED = 200;
/** A head that the store told, with its seal over it: shown to it after it was restored to before. */
const receipt = z.strictObject({
  epoch: z.uuid(),
  seq: z.int().min(0),
  chain: z.string().max(64),
  receipt: z.string().max(100),
});
export type Receipt = z.infer<typeof receipt>;
export const offerRequest = z.strictObject({
  /** Of the past that was lost. */
  epoch: z.uuid(),
  incarnation: z.uuid(),
  /** The last commit both sides share. */
  common: z.int().min(0),
  /** The last one this laptop was given; without it only its own commits are taken at once. */
  receipt: receipt.nullable().default(null),
  commits: z.array(offered).min(1).max(MAX_OFFERED),
});
/** `taken` came back; `known` were there; `refused` are not by whom they say; `quarantined` wait for their author or the operator. */
export const offerAnswer = z.object({
  taken: z.int(),
  known: z.int(),
  refused: z.int(),
  quarantined: z.int().default(0),
});

/** `last_mut_no`: commits of the laptop up to here were made over the old past. `seq`: the last commit both sides share by now. */
export const rejoinRequest = z.strictObject({
  incarnation: z.uuid(),
  last_mut_no: z.int().min(0).max(2_147_483_647),
  seq: z.int().min(0),
});
export const rejoinAnswer = z.object({ epoch: z.uuid() });

/**
 * The highest number up to which `chain` (by number, from 0) is the hub's. `ask` is shown at most MAX_LINKS links at a time: a million
 * commits take four questions. Null when even the beginning differs.
 */
export async function searchCommon(
  chain: readonly string[],
  ask: (links: [number, string][]) => Promise<number | null>,
): Promise<number | null> {
  let low = 0;
  let high = chain.length - 1;
  for (;;) {
    const count = Math.min(MAX_LINKS - 1, high - low);
    const seqs = [low, ...Array.from({ length: count }, (_, i) => low + Math.ceil(((i + 1) * (high - low)) / count))];
    const best = await ask(seqs.map((seq) => [seq, chain[seq] as string]));
    if (best === null) return null;
    const next = seqs.find((seq) => seq > best);
    if (next === undefined || next === best + 1) return best;
    low = best;
    high = next - 1;
  }
}
