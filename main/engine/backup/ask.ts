/** Asks a helper process for one snapshot. */
import type { SpawnHelper } from '../spawn-helper.ts';
import type { Facts } from './facts.ts';

export interface SnapshotQuestion {
  readonly source: string;
  readonly target: string;
}
export type SnapshotAnswer =
  | { readonly ok: true; readonly facts: Facts; readonly size: number }
  /** `failed`: the copy did not pass its check; otherwise the code of SQLite or Node. */
  | { readonly ok: false; readonly code: string; readonly message: string };

export function askSnapshot(spawn: SpawnHelper, question: SnapshotQuestion): Promise<SnapshotAnswer> {
  const helper = spawn('backup');
  return new Promise((resolve) => {
    helper.onMessage((message) => {
      resolve(message as SnapshotAnswer);
      helper.kill();
    });
    helper.onExit((code) => resolve({ ok: false, code: 'unknown', message: `the helper ended with ${code}` }));
    helper.postMessage(question);
  });
}
