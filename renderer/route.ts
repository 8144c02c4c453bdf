/** Where the window is: the hash route `#/assets/ID?tab=history`, as a store. One screen at a time, so no router library. */
import { create } from 'zustand';

export interface Route {
  /** `['assets', 'ID']` of `#/assets/ID`. */
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

function parseRoute(hash: string): Route {
  // `#c=CODE` is the one-time code of the browser host, which rpc.ts takes out of the address.
  if (!hash.startsWith('#/')) return { parts: [], query: {} };
  const [path = '', search = ''] = hash.slice(2).split('?');
  return {
    parts: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

export const useRoute = create<Route>(() => parseRoute(location.hash));
addEventListener('hashchange', () => useRoute.setState(parseRoute(location.hash), true));

/** The address of a screen: `to('assets', id)`, for links. */
export const to = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;
/** Goes to a screen; `go('tickets/new?person=ID')`. */
export const go = (path: string): void => {
  location.hash = path.startsWith('#') ? path : `#/${path.replace(/^\//, '')}`;
};
