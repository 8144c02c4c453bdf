/** Time of a history: one true time that the harness moves, the hub's clock that shows it, and clocks of laptops that need not. */
import type { Clock } from '../../main/engine/clock.ts';

/** The day of the demo school; every history begins there. */
export const BEGIN = Date.parse('2026-09-29T16:20+08:00');

/** The true time, ms. */
export class TrueTime {
  ms = BEGIN;
}

/** Wrong as a laptop's clock can be: set, fast or slow, and begun anew at each boot. `honest` makes every change of it a no-op. */
export class SimClock implements Clock {
  readonly #time: TrueTime;
  readonly #honest: boolean;
  readonly #name: string;
  #since: number;
  #wall: number;
  #mono = 0;
  #speed = 1;
  #boot = 1;

  constructor(time: TrueTime, name: string, honest: boolean) {
    this.#time = time;
    this.#name = name;
    this.#honest = honest;
    this.#since = time.ms;
    this.#wall = time.ms;
  }
  get bootId(): string {
    return `${this.#name}-boot-${this.#boot}`;
  }
  now(): number {
    return this.#wall + (this.#time.ms - this.#since) * this.#speed;
  }
  mono(): number {
    return this.#mono + (this.#time.ms - this.#since) * this.#speed;
  }
  /** Somebody sets the wall clock; never before 1980. */
  jump(ms: number): void {
    if (!this.#honest) this.#restart(Math.max(315_532_800_000, this.now() + ms), this.mono(), this.#speed);
  }
  run(speed: number): void {
    if (!this.#honest) this.#restart(this.now(), this.mono(), speed);
  }
  reboot(): void {
    this.#boot += 1;
    this.#restart(this.now(), 0, this.#speed);
  }
  #restart(wall: number, mono: number, speed: number): void {
    this.#since = this.#time.ms;
    this.#wall = wall;
    this.#mono = mono;
    this.#speed = speed;
  }
}
