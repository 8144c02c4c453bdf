/** Declares a piece of the catalogue: key to [zh-CN, en-US]. `{{name}}` is filled in by i18next. */
export const messages = <const M extends Record<string, readonly [zh: string, en: string]>>(entries: M): M => entries;
