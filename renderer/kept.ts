/**
 * What the screens keep on this laptop: columns, theme, unsaved forms. It lies in the notebook's own settings, not in the browser:
 * the browser host has another address at every start, and a browser's storage would outlive the notebook (security.md §3).
 */
import { client } from './rpc.ts';

const values = new Map<string, string>();
/** One entry is written at once, and then at most once in this time: that much typing is lost when the power goes (security.md R9). */
const PAUSE_MS = 500;
/** Entries that were written within the pause; true when they changed again since. */
const resting = new Map<string, boolean>();

/** Called once, before the first screen, with what the engine holds. */
export function takeKept(kept: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(kept)) if (!values.has(key)) values.set(key, value);
}

export const keptText = (key: string): string | null => values.get(key) ?? null;

/** Null forgets. */
export function keepText(key: string, value: string | null): void {
  if (value === null) values.delete(key);
  else values.set(key, value);
  if (resting.has(key)) resting.set(key, true);
  else write(key);
}
function write(key: string): void {
  resting.set(key, false);
  // A preference that could not be written is asked for again next time; the work itself is not in it.
  client.system.keep({ key, value: values.get(key) ?? null }).catch(() => undefined);
  setTimeout(() => {
    const changed = resting.get(key);
    resting.delete(key);
    if (changed) write(key);
  }, PAUSE_MS);
}

/** A JSON object kept under a key, or null when there is none or it cannot be read. */
export function keptObject(key: string): Readonly<Record<string, unknown>> | null {
  try {
    const kept: unknown = JSON.parse(keptText(key) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...kept } : null;
  } catch {
    return null;
  }
}
