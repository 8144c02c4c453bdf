/** A sweep against the register of today, read in pieces so that typing never waits for thousands of rows. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SweepSummary } from '../../../shared/features/discovery.ts';
import { client } from '../../rpc.ts';
import { factEntry, type Entry } from './entries.ts';

/** Tables the comparison reads. */
const TABLES = [
  'bindings',
  'assets',
  'subnets',
  'address_ranges',
  'people',
  'locations',
  'ignored_findings',
  'naming_rules',
  'tickets',
  '_sweeps',
  '_device_reads',
];
export interface Compared {
  readonly sweep: SweepSummary | null;
  readonly entries: readonly Entry[];
}

async function read(sweepId: string | undefined, signal: AbortSignal): Promise<Compared> {
  const pieces = await client.discovery.compared(sweepId === undefined ? {} : { sweep_id: sweepId }, { signal });
  let sweep: SweepSummary | null = null;
  const entries: Entry[] = [];
  for await (const piece of pieces) {
    ({ sweep } = piece);
    entries.push(...piece.findings.map(factEntry));
  }
  return { sweep, entries };
}

/** The last sweep where none is named. */
export const useCompared = (sweepId: string | undefined, enabled: boolean): UseQueryResult<Compared> =>
  useQuery({
    queryKey: ['discovery', 'compared', sweepId ?? null],
    queryFn: ({ signal }) => read(sweepId, signal),
    meta: { tables: TABLES },
    enabled,
    placeholderData: keepPreviousData,
    // comparing thousands of rows field by field would hold up the keyboard
    structuralSharing: false,
  });
