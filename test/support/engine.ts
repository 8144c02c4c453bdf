/** A whole engine on a temporary data folder, spoken to through its contract without a wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../main/engine/clock.ts';
import { nodePorts, type Engine, type Ports } from '../../main/engine/engine.ts';
import { clientOf, type EngineClient } from '../../main/engine/serve.ts';
import { startEngine } from '../../main/engine/start.ts';

/** A clock that stands still until it is told to move. */
export class TestClock implements Clock {
  readonly bootId = 'test-boot';
  #now: number;
  readonly #start: number;
  constructor(now: number) {
    this.#now = now;
    this.#start = now;
  }
  now(): number {
    return this.#now;
  }
  mono(): number {
    return this.#now - this.#start;
  }
  /** `2026-09-29T16:20+08:00`, or milliseconds to add. */
  set(to: string | number): void {
    this.#now = typeof to === 'number' ? this.#now + to : Date.parse(to);
  }
}

export interface TestEngine {
  engine: Engine;
  call: EngineClient;
  clock: TestClock;
  dir: string;
  /** Closes the engine and opens the same folder again. */
  reopen(): void;
  close(): void;
}

/** The clock of the demo school (domain.md §4) unless told otherwise; set up as machine L03 unless `setup` is false. */
export async function testEngine(
  options: {
    now?: string;
    setup?: false;
    machine?: string;
    technician?: string;
    ports?: Partial<Ports>;
    /** Where its folder is made. */
    root?: string;
  } = {},
): Promise<TestEngine> {
  const dir = mkdtempSync(join(options.root ?? tmpdir(), 'lanbook-'));
  const clock = new TestClock(Date.parse(options.now ?? '2026-09-29T16:20+08:00'));
  const ports: Ports = { ...nodePorts, clock, ...options.ports };
  const open = (): Engine => startEngine({ dataDir: dir, ports });
  const first = open();
  const test: TestEngine = {
    engine: first,
    call: clientOf(first),
    clock,
    dir,
    reopen: () => {
      test.engine.close();
      test.engine = open();
      test.call = clientOf(test.engine);
    },
    close: () => {
      test.engine.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  if (options.setup !== false)
    await test.call.system.setup({
      unit: '临江市第三中学',
      technician: options.technician ?? '李明',
      machine: options.machine ?? 'L03',
      language: 'zh-CN',
    });
  return test;
}

/** The refusal a promise ends in, as `code params`; fails the test when it ends well or with anything else. */
export async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; params: Record<string, unknown> }> {
  try {
    await promise;
  } catch (error) {
    const data = (error as { data?: { code: string; params: Record<string, unknown> } }).data;
    if (data?.code) return data;
    throw error;
  }
  throw new Error('was not refused');
}
