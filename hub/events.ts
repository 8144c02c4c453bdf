/** What happened at the door of the hub, success or failure, for years (security.md H9). */
import type { Client } from './db.ts';

export async function noteEvent(
  client: Client,
  event: { now: number; kind: string; device: string | null; address: string; success: boolean; detail: string },
): Promise<void> {
  await client.query(
    'INSERT INTO sync.event (at, kind, device, address, success, detail) VALUES ($1, $2, $3, $4, $5, $6)',
    [new Date(event.now), event.kind, event.device, event.address, event.success, event.detail],
  );
}
