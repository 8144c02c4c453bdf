/**
 * Lets the component library live under a strict Content-Security-Policy. Must be the first import of the entry.
 *
 * antd makes `<style>` elements in places that take no nonce, and sets inline styles through `setAttribute`; the policy allows
 * styles by nonce only and style attributes not at all (stack.md §2). Trusted Types: only plain text may become markup.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
/** The nonce of this page load, for antd's ConfigProvider. */
export const cspNonce = nonce;

const createElement = document.createElement.bind(document);
document.createElement = (tag: string, options?: ElementCreationOptions) => {
  const element = createElement(tag, options);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};

// oxlint-disable-next-line typescript/unbound-method -- called with its element below
HTMLElement.prototype.setAttribute = function (name: string, value: string): void {
  // The CSS object model is not an inline style: `style-src-attr 'none'` does not forbid it.
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
};

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown;
}
// TypeScript's DOM library has no type for it yet.
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', {
  createHTML: (text) => {
    if (text.includes('<')) throw new TypeError('Markup from text is refused');
    return text;
  },
});
