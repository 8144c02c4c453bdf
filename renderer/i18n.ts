/** The catalogue in the window: `const t = useText(); t('assets.title')`. Every key and language is known to the compiler. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { create } from 'zustand';
import { catalogue, languages, type Language, type MessageKey } from '../shared/messages.ts';
import type { Sector } from '../shared/sectors.ts';
import { translator } from '../shared/translate.ts';

const isLanguage = (value: unknown): value is Language => languages.some((each) => each === value);

/** The language until the notebook tells its own: the one the host wrote on <html>. */
function firstLanguage(): Language {
  return isLanguage(document.documentElement.lang) ? document.documentElement.lang : 'zh-CN';
}

export const useLanguage = create<{ language: Language; sector: Sector }>(() => ({
  language: firstLanguage(),
  sector: 'school',
}));

export type Params = Readonly<Record<string, string | number>>;
export type Text = (key: MessageKey, params?: Params) => string;
/** The words of the current language, outside components. */
export const textNow: Text = (key, params) => {
  const { language, sector } = useLanguage.getState();
  return translator(language, sector)(key, params);
};
/** The words of the current language and kind of unit; the component follows when either changes. */
export const useText = (): Text => useLanguage(({ language, sector }) => translator(language, sector));

/** For keys put together at run time (`field.assets.tag`): the key when the catalogue has it, null otherwise. */
export const keyOf = (key: string): MessageKey | null => (key in catalogue ? (key as MessageKey) : null);
/** The label of a field; its bare name only when the catalogue has none (data of a newer version). */
export const fieldLabel = (t: Text, table: string, field: string): string => {
  const key = keyOf(`field.${table}.${field}`);
  return key ? t(key) : field;
};
export const optionLabel = (t: Text, table: string, field: string, code: string): string => {
  const key = keyOf(`option.${table}.${field}.${code}`);
  return key ? t(key) : code;
};

export function setLanguage(language: Language): void {
  useLanguage.setState({ language });
  applyLanguage(language);
}
export const setSector = (sector: Sector): void => useLanguage.setState({ sector });
function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en');
}
applyLanguage(useLanguage.getState().language);
