/** The catalogue in one language, by i18next: the same words on screens, papers, workbooks and the command line. */
import { createInstance } from 'i18next';
import { catalogue, type Language } from './messages.ts';
import type { Translate } from './refusal-text.ts';
import { sectorWords, type Sector } from './sectors.ts';

const made = new Map<string, Translate>();

/**
 * The words of a language and a kind of unit; the same function each time, as a sheet asks for a hundred thousand words. Nothing is escaped
 * here: React does that, plain text must not.
 */
export function translator(language: Language, sector: Sector = 'school'): Translate {
  const key = `${language} ${sector}`;
  const words = made.get(key) ?? make(language, sector);
  made.set(key, words);
  return words;
}

function make(language: Language, sector: Sector): Translate {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: resources(language, sector) } },
  });
  return (key, params) => i18n.t(key, params ?? {});
}

/** One language of the catalogue as i18next wants it, in the words of a kind of unit. */
const resources = (language: Language, sector: Sector): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...catalogue, ...sectorWords[sector] }).map(([key, [zh, en]]) => [
      key,
      language === 'zh-CN' ? zh : en,
    ]),
  );
