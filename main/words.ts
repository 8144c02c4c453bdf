/** What the hosts say themselves, before there is a window to say it: sentences of the catalogue. */
import type { Language } from '../shared/messages.ts';
import type { Translate } from '../shared/refusal-text.ts';
import { translator } from '../shared/translate.ts';

export type Words = Translate;

/** The system's language, or the nearest of the two that Lanbook speaks. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US');

export const systemLanguage = (): Language => languageOf(Intl.DateTimeFormat().resolvedOptions().locale);

export const wordsIn = (language: Language): Words => translator(language);
