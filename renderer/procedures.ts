/**
 * The calls as functions. oRPC's own client keeps the names of Function.prototype to itself: `client.ipam.bind({ … })` would only bind
 * a function to an object, call nothing, and look like success. Here a feature's procedures may have any name.
 */
import { createORPCClient, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../shared/contract.ts';

type Client = ContractRouterClient<typeof contract>;
export type Link = ClientLink<Record<never, never>>;

export function procedures(link: Link): Client {
  const feature = (name: string): object =>
    new Proxy(
      {},
      {
        // `then` would make a feature look like a promise to whoever awaits it
        get: (_, key) =>
          typeof key === 'string' && key !== 'then' ? createORPCClient(link, { path: [name, key] }) : undefined,
      },
    );
  return new Proxy(
    {},
    { get: (_, key) => (typeof key === 'string' && key !== 'then' ? feature(key) : undefined) },
  ) as Client;
}
