/** A page as one laptop gets it: pages are read the same for all, and what is not for this laptop is taken out here. */
import { SCHEMA } from '../shared/commit.ts';
import type { Page } from '../shared/sync/frames.ts';
import { projectRow } from '../shared/sync/schema.ts';
import type { Part } from '../shared/sync/scope.ts';
import type { Client } from './db.ts';
import { rightsOf } from './rights.ts';
import { pageOf } from './scope.ts';

/** Who asks for pages. */
export interface Viewer {
  readonly device: string;
  /** Its own commits travel without their operations: it has them. */
  readonly incarnation: string;
  /** The record schema it knows. */
  readonly schema: number;
  /** The part of the store it gets; null: all of it. */
  readonly part: Part | null;
}

/**
 * Whether its view of a page is the page as it is, but for the operations of its own commits: then it gets the compressed bytes that all others get.
 * Whoever takes something else out in `viewOf` says so here.
 */
export const isShared = ({ schema, part }: Pick<Viewer, 'schema' | 'part'>): boolean =>
  part === null && schema === SCHEMA;

/** Whether a laptop may have the store as a whole (images.ts): the same question, asked before there is a page. */
export const mayHaveImage = async (client: Client, device: string, schema: number): Promise<boolean> =>
  isShared({ schema, part: (await rightsOf(client, device)).part });

export async function viewOf(
  client: Client,
  whole: Page,
  { device, incarnation, schema, part }: Viewer,
): Promise<Page> {
  // Asked anew for each page: places that came since belong to the area too.
  const page = part === null ? whole : await pageOf(client, whole, (await rightsOf(client, device)).part ?? part);
  return {
    ...page,
    commits: page.commits.map((commit) => (commit.incarnation === incarnation ? { ...commit, bodies: null } : commit)),
    rows: rowsFor(page, schema),
  };
}

/** An old laptop is not told of tables and fields that came after it; commits stay whole, as their hash covers all of them. */
const rowsFor = ({ rows }: Page, schema: number): Page['rows'] =>
  schema >= SCHEMA ? rows : rows.flatMap((row) => projectRow(row, schema) ?? []);
