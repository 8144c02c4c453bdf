/** What was typed into a form and not saved yet, kept on this computer until it is saved or thrown away. */

const keptAs = (key: string): string => `lanbook-draft-${key}`;
export type Values = Readonly<Record<string, unknown>>;

export function keptDraft(key: string): Values | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptAs(key)) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...kept } : null;
  } catch {
    return null;
  }
}
export function keepDraft(key: string, values: Values): void {
  localStorage.setItem(keptAs(key), JSON.stringify(values));
}
export const dropDraft = (key: string): void => localStorage.removeItem(keptAs(key));
