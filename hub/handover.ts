/** What a laptop whose access was ended gives to the operator: its unsent commits, each signed by its key. They are kept, and not applied. */
import type { z } from 'zod';
import type { ClockSample } from '../shared/commit.ts';
import { estimate } from '../shared/sync/estimate.ts';
import { parseCommit } from '../shared/sync/frames.ts';
import { handoverText, type handoverAnswer, type handoverRequest } from '../shared/sync/keys.ts';
import { checkOps } from '../shared/sync/ops.ts';
import { sha256 } from './codec.ts';
import type { Client } from './db.ts';
import { noteEvent } from './events.ts';
import { Failure } from './failure.ts';
import { colleaguesAmong, signsCommit } from './keys.ts';
import { quarantine } from './quarantine.ts';
import { provedDevice, type Asking } from './sessions.ts';

/** Weeks of work are a few megabytes; a stolen laptop must not fill the disk of the store. */
const MOST_BYTES = 256 * 1024 * 1024;

export async function takeHandover(
  client: Client,
  asked: z.infer<typeof handoverRequest>,
  asking: Asking,
): Promise<z.infer<typeof handoverAnswer>> {
  const { device, clock } = asked;
  const { now, address } = asking;
  const { public_key: key, revoked_at: at } = await provedDevice(client, asked, asking, handoverText);
  // Whoever may sync does so.
  if (at === null) throw new Failure(409, 'NOT_REVOKED');
  const tally = await keepCommits(client, device, key, clock, asked.commits, now);
  if (tally.kept + tally.refused > 0)
    await noteEvent(client, {
      now,
      kind: 'handover',
      device,
      address,
      success: tally.refused === 0,
      detail: `kept ${tally.kept}, refused ${tally.refused}`,
    });
  return tally;
}

/** Puts commits of a laptop whose access was ended before the operator. `clock` is that laptop's at `now`. */
export async function keepCommits(
  client: Client,
  device: string,
  key: Buffer,
  clock: ClockSample,
  texts: readonly string[],
  now: number,
): Promise<z.infer<typeof handoverAnswer>> {
  const { rows } = await client.query<{ bytes: number }>(
    'SELECT coalesce(sum(octet_length(body)), 0)::bigint AS bytes FROM sync.quarantine WHERE device = $1',
    [device],
  );
  if ((rows[0]?.bytes ?? 0) > MOST_BYTES) throw new Failure(413, 'TOO_LARGE');
  const given = texts.map((text) => ({ text, commit: parseCommit(text, sha256) }));
  for (const { commit } of given) checkOps(commit.bodies);
  const others = await colleaguesAmong(
    client,
    device,
    given.map(({ commit }) => commit.actor),
  );
  const tally = { kept: 0, known: 0, refused: 0 };
  for (const { text, commit } of given) {
    const known = await client.query<{ device: string | null }>('SELECT device FROM sync.incarnation WHERE id = $1', [
      commit.incarnation,
    ]);
    const owner = known.rows[0]?.device ?? device;
    if (owner !== device || others.has(commit.actor) || !signsCommit(key, commit)) {
      tally.refused += 1;
      continue;
    }
    const when = estimate(commit.clock, clock, now);
    const kept = {
      reason: 'revoked',
      device,
      offeredBy: null,
      text,
      commit,
      oldSeq: null,
      when,
      seen: null,
      now,
    } as const;
    tally[(await quarantine(client, kept)) ? 'kept' : 'known'] += 1;
  }
  return tally;
}
