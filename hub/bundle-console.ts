/** `npm run hub -- bundle`: what a laptop wrote on a stick goes in, and the answer for it is put beside. */
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { dayOf } from '../shared/day.ts';
import { MAX_BUNDLE } from '../shared/sync/bundle.ts';
import { takeBundle, type Taken } from './bundle.ts';
import type { Client } from './db.ts';
import { hasIdentity, identityIn } from './identity.ts';
import { PageCache } from './page-cache.ts';

/** `out`: where the answer goes; beside the laptop's file when it is not named. Throws one sentence when the file is not taken in. */
export async function carryBundle(client: Client, file: string, out: string | null, data: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new Error(`There is no file ${resolve(file)}.`);
  });
  if (size > MAX_BUNDLE) throw new Error(`${file} is too large to be a file of Lanbook for carrying changes.`);
  // A key made anew would sign answers that every laptop refuses.
  if (!(await hasIdentity(data)))
    throw new Error(`There is no hub-key.pem in ${resolve(data)}. Name the folder the hub runs with: --data FOLDER`);
  const identity = await identityIn(data);
  const taken = await takeBundle({ client, cache: new PageCache(), identity, now: Date.now }, await readFile(file));
  const said = [
    ...(taken.joined ? [`${taken.machine} (${taken.technician}) has joined this store.`] : []),
    `${taken.machine} (${taken.technician}), file ${taken.number}, changes: ${taken.commits}${span(taken)}`,
  ];
  const { answer, failure, outcome, quarantined } = taken;
  if (answer === null)
    return [
      ...said,
      `Its access was ended: nothing was applied. Changes that wait for your review: ${quarantined ?? 0} (npm run hub -- quarantine).`,
    ].join('\n');
  const target = resolve(out ?? join(dirname(file), answer.name));
  // Whole under its name, or not there: a stick that is pulled out too early holds no half answer.
  await writeFile(`${target}.part`, answer.bytes);
  await rename(`${target}.part`, target);
  said.push(
    failure === null
      ? `Applied: ${outcome.applied}, for a person to settle: ${outcome.held}, refused: ${outcome.rejected}. Records that go back: ${taken.rows}.`
      : `Nothing was taken (${failure}). The answer tells the laptop what to do.`,
    `Answer: ${target}`,
    `Carry it back to ${taken.machine}, and to no other laptop: Sync, Carry by USB stick, step 3.`,
  );
  return said.join('\n');
}

function span({ from_at, to_at }: Taken): string {
  if (from_at === null || to_at === null) return '';
  const [first, last] = [dayOf(from_at), dayOf(to_at)];
  return first === last ? ` of ${first}` : ` of ${first} to ${last}`;
}
