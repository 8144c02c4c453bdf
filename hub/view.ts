/** A page as one laptop gets it: pages are read the same for all, and what is not for this laptop is taken out here. */
import { SCHEMA } from '../shared/commit.ts';
import type { Page } from '../shared/sync/frames.ts';
import { projectRow } from '../shared/sync/schema.ts';
import type { Client } from './db.ts';

/** Who asks for pages. */
export interface Viewer {
  readonly device: string;
  /** Its own commits travel without their operations: it has them. */
  readonly incarnation: string;
  /** The record schema it knows. */
  readonly schema: number;
}

/**
 * Whether its view of a page is the page as it is, but for the operations of its own commits: then it gets the compressed bytes that all others get.
 * Whoever takes something else out in `viewOf` says so here.
 */
export const isShared = ({ schema }: Viewer): boolean => schema === SCHEMA;

export async function viewOf(_client: Client, page: Page, { incarnation, schema }: Viewer): Promise<Page> {
  return Promise.resolve({
    ...page,
    commits: page.commits.map((commit) => (commit.incarnation === incarnation ? { ...commit, bodies: null } : commit)),
    rows: rowsFor(page, schema),
  });
}

/** An old laptop is not told of tables and fields that came after it; commits stay whole, as their hash covers all of them. */
const rowsFor = ({ rows }: Page, schema: number): Page['rows'] =>
  schema >= SCHEMA ? rows : rows.flatMap((row) => projectRow(row, schema) ?? []);
