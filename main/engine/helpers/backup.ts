/** A process of its own that writes one verified copy after another, as it is asked. */
import { takeSnapshot, SnapshotFailed } from '../backup/snapshot.ts';
import type { SnapshotAnswer, SnapshotQuestion } from '../backup/ask.ts';
import { codeOf } from '../disk-errors.ts';
import { parent } from './parent.ts';

const home = parent();
home.onMessage((message) => {
  const { source, target } = message as SnapshotQuestion;
  let answer: SnapshotAnswer;
  try {
    answer = { ok: true, ...takeSnapshot(source, target) };
  } catch (error) {
    answer = {
      ok: false,
      code: error instanceof SnapshotFailed ? 'failed' : codeOf(error) || 'unknown',
      message: String(error),
    };
  }
  home.postMessage(answer);
});
