/** What was typed into a form and not saved yet, kept on this computer until it is saved or thrown away. */
import { keepText, keptObject } from '../../kept.ts';

const keptAs = (key: string): string => `draft.${key}`;
export type Values = Readonly<Record<string, unknown>>;

export const keptDraft = (key: string): Values | null => keptObject(keptAs(key));
export const keepDraft = (key: string, values: Values): void => keepText(keptAs(key), JSON.stringify(values));
export const dropDraft = (key: string): void => keepText(keptAs(key), null);
