/** A notebook in a folder of its own, spoken to from the lab's laptop by its command line. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from './lab.ts';

export interface Notebook {
  /** All lines a procedure gives: its events, or its one answer. Throws what it refuses. */
  lines(procedure: string, input: unknown): unknown[];
  call(procedure: string, input: unknown): unknown;
  /** The process, to be watched or ended in the middle. */
  start(procedure: string, input: unknown): ChildProcess;
  close(): void;
}
const CLI = join(import.meta.dirname, '../../main/cli.ts');

export function notebook(lab: Lab): Notebook {
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-lab-'));
  const args = (procedure: string, input: unknown): string[] => [
    CLI,
    '--data',
    dir,
    'call',
    procedure,
    JSON.stringify(input),
  ];
  const lines: Notebook['lines'] = (procedure, input) => {
    const done = spawnSync(...lab.command(process.execPath, args(procedure, input)), { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${done.stdout} ${done.stderr}`);
    return done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  };
  const call: Notebook['call'] = (procedure, input) => lines(procedure, input).at(-1);
  call('system.setup', { unit: '实验小学', technician: '张伟', machine: 'L03', language: 'zh-CN' });
  return {
    lines,
    call,
    start: (procedure, input) => lab.start(process.execPath, args(procedure, input)),
    close: () => rmSync(dir, { recursive: true }),
  };
}
