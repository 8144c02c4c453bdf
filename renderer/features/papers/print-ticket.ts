/** Opens the repair slip of a ticket for printing. */
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';

/** Freezes the slip F-12 of the ticket (the same one again when nothing changed) and shows it. Fails as a call fails. */
export async function printTicket(id: string): Promise<void> {
  const document = await client.papers.ticket({ id });
  go(`print/${document.id}`);
}
