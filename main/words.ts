/** What the hosts say themselves, before there is a window to say it: sentences of the catalogue. */
import { catalogue, type Language, type MessageKey } from '../shared/messages.ts';

/** The system's language, or the nearest of the two that Lanbook speaks. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US');

export const systemLanguage = (): Language => languageOf(Intl.DateTimeFormat().resolvedOptions().locale);

/** Fills `{{name}}` as i18next does; a name without a value stays visible, which a test would catch. */
export const wordsIn =
  (language: Language) =>
  (key: MessageKey, params: Readonly<Record<string, string | number>> = {}): string =>
    catalogue[key][language === 'zh-CN' ? 0 : 1].replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      String(params[name] ?? whole),
    );
export type Words = ReturnType<typeof wordsIn>;
