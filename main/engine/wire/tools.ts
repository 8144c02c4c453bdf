/** The `ping` and `node-arp` packages, asked through a helper process that may die without harm. At most 64 questions are open at once. */
import type { HelperProcess, SpawnHelper } from '../spawn-helper.ts';

export interface ToolQuestion {
  readonly id: number;
  readonly tool: 'ping' | 'arp';
  readonly ip: string;
  readonly count: number;
}
export interface ToolAnswer {
  readonly id: number;
  readonly rtt_ms: number | null;
  readonly loss_percent: number;
  readonly ttl: number | null;
  readonly mac: string | null;
  /** The program is not on this machine. */
  readonly missing: boolean;
}
export interface Tools {
  /** Null when the helper died, hung or the signal fired. */
  ask(tool: ToolQuestion['tool'], ip: string, count: number, signal?: AbortSignal): Promise<ToolAnswer | null>;
  close(): void;
}

const MAX_OPEN = 64;
/** An echo waits 1 s, node-arp about 3 s for a dead host; what takes longer hangs. */
const ANSWER_WITHIN_MS = 15_000;
/** The helper goes when nothing was asked for so long; the next question starts another. */
const REST_MS = 20_000;

export function createTools(spawn: SpawnHelper): Tools {
  let helper: HelperProcess | undefined;
  let resting: NodeJS.Timeout | undefined;
  let last = 0;
  const open = new Map<number, (answer: ToolAnswer | null) => void>();
  const queue: (() => void)[] = [];

  const settle = (id: number, answer: ToolAnswer | null): void => {
    const done = open.get(id);
    if (!done) return;
    open.delete(id);
    done(answer);
    queue.shift()?.();
  };
  const close = (): void => {
    clearTimeout(resting);
    const gone = helper;
    helper = undefined;
    gone?.kill();
    for (const id of open.keys()) settle(id, null);
  };
  const living = (): HelperProcess => {
    clearTimeout(resting);
    resting = setTimeout(close, REST_MS).unref();
    if (helper) return helper;
    const fresh = spawn('wire');
    helper = fresh;
    fresh.onMessage((message) => {
      const answer = message as ToolAnswer;
      settle(answer.id, answer);
    });
    fresh.onExit(() => {
      if (helper === fresh) close();
    });
    return fresh;
  };

  return {
    async ask(tool, ip, count, signal) {
      if (open.size >= MAX_OPEN) await new Promise<void>((resolve) => queue.push(resolve));
      if (signal?.aborted) {
        queue.shift()?.();
        return null;
      }
      const id = ++last;
      return await new Promise<ToolAnswer | null>((resolve) => {
        const timer = setTimeout(() => settle(id, null), ANSWER_WITHIN_MS);
        const stop = (): void => settle(id, null);
        open.set(id, (answer) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', stop);
          resolve(answer);
        });
        signal?.addEventListener('abort', stop, { once: true });
        living().postMessage({ id, tool, ip, count } satisfies ToolQuestion);
      });
    },
    close,
  };
}
