/** Starts the processes that are to be killed, and tells how they ended. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line it says, or when it ended before. */
  readonly spoke: Promise<void>;
}

/** A minute without end is a process that hangs. */
const MOST_MS = 60_000;

export function start(script: string, args: readonly string[], failpoint: string | null): Running {
  const { LANBOOK_FAILPOINT: _none, ...env } = process.env;
  const child = spawn(process.execPath, [join(process.cwd(), 'test/sim', script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, NODE_OPTIONS: '', ...(failpoint === null ? {} : { LANBOOK_FAILPOINT: failpoint }) },
  });
  let out = '';
  let errors = '';
  const late = setTimeout(() => child.kill('SIGTERM'), MOST_MS);
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<Ended>((done) =>
    child.once('close', (code, signal) => {
      clearTimeout(late);
      done({ code, signal, errors, lines: out.split('\n').filter((line) => line !== '') });
    }),
  );
  const spoke = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      done();
    });
    child.once('close', () => done());
  });
  return { child, ended, spoke };
}

/** Numbers that look random and are the same every time (mulberry32). */
export function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
