/** The catalogue in one language, by i18next: the same words on screens, papers, workbooks and the command line. */
import { createInstance } from 'i18next';
import { resources, type Language } from './messages.ts';
import type { Translate } from './refusal-text.ts';

/** React and text files escape nothing by themselves here: React does it, plain text must not. */
export function translator(language: Language): Translate {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: resources(language) } },
  });
  return (key, params) => i18n.t(key, params ?? {});
}
