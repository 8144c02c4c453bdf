/** A laptop of a history: a real engine on a real folder, which can lose power, be copied, and come back from a copy. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nodePorts, type Engine } from '../../main/engine/engine.ts';
import { clientOf, type EngineClient } from '../../main/engine/serve.ts';
import { startEngine } from '../../main/engine/start.ts';
import type { SyncSummary } from '../../shared/features/sync.ts';
import type { SimClock } from './clock.ts';
import { Line } from './line.ts';

export class SimLaptop {
  readonly machine: string;
  readonly clock: SimClock;
  readonly line: Line;
  engine: Engine;
  call: EngineClient;
  /** What the user does while an answer travels; set by the player. */
  typing: (at: number) => Promise<void> = async () => undefined;
  #dir: string;
  #copies = 0;
  /** The folder as it was when the power went, until it is opened again. */
  #left: string | null = null;
  kept: string | null = null;

  constructor(machine: string, dir: string, clock: SimClock) {
    this.machine = machine;
    this.clock = clock;
    this.#dir = dir;
    this.line = new Line({
      typing: (at) => this.typing(at),
      power: () => {
        this.#left = this.#copy();
      },
    });
    this.engine = this.#open();
    this.call = clientOf(this.engine);
  }

  get dir(): string {
    return this.#dir;
  }
  #open(): Engine {
    return startEngine({ dataDir: this.#dir, ports: { ...nodePorts, clock: this.clock, fetch: this.line.fetch } });
  }
  /** The folder as it lies on the disk now: the file and its write-ahead log, without what only a running engine has. */
  #copy(): string {
    this.#copies += 1;
    const to = `${this.#dir}-${this.#copies}`;
    cpSync(this.#dir, to, {
      recursive: true,
      filter: (from) => !/-shm$|^lock\.db/.test(basename(from)),
    });
    return to;
  }
  #continueIn(dir: string): void {
    this.engine.close();
    rmSync(this.#dir, { recursive: true, force: true });
    this.#dir = dir;
    this.engine = this.#open();
    this.call = clientOf(this.engine);
  }

  /** The power goes: nothing is closed, what was not yet in the file or its log is gone. Then it boots. */
  kill(): void {
    const left = this.#left ?? this.#copy();
    this.#left = null;
    this.clock.reboot();
    this.#continueIn(left);
  }
  /** Boots if the power went while it synced. */
  bootIfDead(): void {
    if (this.#left !== null) this.kill();
  }
  reopen(): void {
    this.engine.close();
    this.engine = this.#open();
    this.call = clientOf(this.engine);
  }
  keep(): void {
    if (this.kept !== null) rmSync(this.kept, { recursive: true, force: true });
    this.kept = this.#copy();
  }
  /** The folder is what it was when it was kept. */
  goBack(): void {
    const { kept } = this;
    if (kept === null) return;
    this.kept = null;
    this.#continueIn(kept);
  }
  /** Another computer with the same folder. */
  clone(clock: SimClock): SimLaptop {
    return new SimLaptop(this.machine, this.#copy(), clock);
  }

  async sync(): Promise<SyncSummary> {
    let summary: SyncSummary | undefined;
    for await (const event of await this.call.sync.run()) summary = event.summary ?? summary;
    if (!summary) throw new Error('the run did not end');
    return summary;
  }
  close(): void {
    this.engine.close();
    for (const dir of [this.#dir, this.kept])
      if (dir !== null && existsSync(join(dir))) rmSync(dir, { recursive: true });
  }
}
