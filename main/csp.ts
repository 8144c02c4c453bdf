/** The content security policy of every page of Lanbook, in both hosts (security.md S6, stack.md §2). */
import { randomBytes } from 'node:crypto';
import type { Language } from '../shared/messages.ts';
import { wordsIn } from './words.ts';

/** One per loaded document: antd writes <style> elements, and only those that carry it may apply. */
export const newNonce = (): string => randomBytes(16).toString('base64');

const directives = (nonce: string): string[] => [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${nonce}'`,
  "style-src-attr 'none'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
];

/** For the response header: only there does frame-ancestors count. */
export const policyHeader = (nonce: string): string => [...directives(nonce), "frame-ancestors 'none'"].join('; ');

/** What every response carries, whatever it is: data from scanned devices is shown, so nothing may be guessed or shared. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
};

/**
 * index.html as it is sent: its nonce filled in, the policy again as <meta> (so that a saved or misserved copy keeps it), the
 * words for a page that did not load, and the host's language on <html>, which the renderer follows until the notebook has its own.
 */
export const renderDocument = (html: string, nonce: string, language: Language): string => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${directives(nonce).join('; ')}" />`;
  return html
    .replaceAll('__CSP_NONCE__', nonce)
    .replace('__NOT_LOADED__', wordsIn(language)('frame.notLoaded'))
    .replace('__RELOAD__', wordsIn(language)('frame.reload'))
    .replace(/<html\b[^>]*>/i, `<html lang="${language}">`)
    .replace(/<head\b[^>]*>/i, (head) => head + policy);
};
