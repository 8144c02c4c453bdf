/** Page numbers and footers stand in the margin boxes of `@page`; only Chromium prints those, since this version. */
const SINCE = 131;

interface Brand {
  readonly brand: string;
  readonly version: string;
}

/** What a browser says of itself; Firefox and Safari say nothing, and TypeScript does not know it yet. */
interface Agent {
  readonly userAgentData?: { readonly brands: readonly Brand[] };
}

/** Whether the browser with this `navigator` numbers the pages it prints. */
export const numbersPages = (navigator: object): boolean =>
  (navigator as Agent).userAgentData?.brands.some(
    ({ brand, version }) => brand === 'Chromium' && Number.parseInt(version, 10) >= SINCE,
  ) ?? false;
