/** What the store says is not in this notebook, so no change here tells when it is old: it is asked anew whenever it is looked at, and now and then. */
export const fresh = { staleTime: 0, refetchOnMount: 'always', refetchInterval: 30_000 } as const;
