/** Outages as the watch sees them begin and end; lists that show them are told. */
import type { Engine } from '../../engine.ts';
import { beginOutage, endForgotten, endOutage } from './store.ts';

export class Outages {
  readonly #engine: Engine;
  /** Devices with an open outage. */
  readonly #down = new Set<string>();
  #gone = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    endForgotten(engine.db);
  }

  down(device: { readonly id: string; readonly name: string; readonly ip: string }, at: number): void {
    if (this.#down.has(device.id)) return;
    this.#down.add(device.id);
    beginOutage(this.#engine.db, device, at);
    this.#told();
  }
  up(id: string, at: number): void {
    this.#end(id, at, 'up');
  }
  /** Nobody asks it any more: how its outage ended will not be known. */
  lost(id: string, at: number): void {
    this.#end(id, at, 'unknown');
  }
  lostAll(at: number): void {
    for (const id of this.#down) this.lost(id, at);
  }
  /** The laptop's own network; told once for all devices. */
  network(gone: boolean, at: number, ending: 'up' | 'unknown'): void {
    if (gone === this.#gone) return;
    this.#gone = gone;
    if (gone) beginOutage(this.#engine.db, null, at);
    else endOutage(this.#engine.db, null, at, ending);
    this.#told();
  }

  #end(id: string, at: number, ending: 'up' | 'unknown'): void {
    if (!this.#down.delete(id)) return;
    endOutage(this.#engine.db, id, at, ending);
    this.#told();
  }
  #told(): void {
    this.#engine.changed(['_watch_outages']);
  }
}
