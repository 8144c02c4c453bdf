/**
 * The continuous watch of one engine: asks every device that is switched on in its turn, for as long as the engine lives, whether a window
 * looks or not. Time that passed unseen (a laptop asleep, a pulled cable, a strange network) is no loss: it is told as "no data".
 */
import { EventPublisher } from '@orpc/server';
import {
  DEFAULT_INTERVAL_S,
  type WatchChange,
  type WatchDay,
  type WatchEvent,
} from '../../../../shared/features/watch.ts';
import type { Engine } from '../../engine.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import { lineOf } from '../../wire/pool.ts';
import type { Wire } from '../../wire/wire.ts';
import { allDevices, mayBeAsked, type Device } from './devices.ts';
import { networkState, rememberNetwork, subnetsHere, type NetworkState } from './network.ts';
import { Minutes } from './minutes.ts';
import { Outages } from './outages.ts';
import { ask, askOtherwise, type Asker, type Means } from './probe.ts';
import { MISSES, Track } from './track.ts';

const ON = 'watch.on';
/** Looks for what is due so often; at most ten questions a beat are fifty a second (the pool holds all askers together to its own bound). */
const BEAT_MS = 200;
const STARTS_A_BEAT = 10;
/** The own network is looked at once a second. Windows are told every beat: a row or a dozen at a time are drawn in 5 ms, all 64 would take 17. */
const LOOK_MS = 1000;
/** New devices begin spread over the first second, so that they never ask in step. */
const SPREAD_MS = 1000;
/** The clock or the beat jumped: the laptop slept, the clock was set, or the machine stood still. */
const JUMP_MS = 5000;

/** Of a device that does not answer, every so many questions (a minute, at five seconds) also by every other means. */
const ASK_PORTS_EVERY = 12;

interface Watched {
  device: Device;
  readonly track: Track;
  /** Monotonic ms of the next question. */
  due: number;
  busy: boolean;
  means: Means;
}

export class Monitor {
  readonly events = new EventPublisher<{ told: WatchEvent }>();
  readonly #engine: Engine;
  readonly #wire: Wire;
  readonly #watched = new Map<string, Watched>();
  readonly #minutes: Minutes;
  readonly #outages: Outages;
  #run: AbortController | null = null;
  /** Counts gaps: an answer to a question from before the last one says nothing. */
  #epoch = 0;
  #network: NetworkState = 'ready';
  #pingMissing = false;
  #changes: WatchChange[] = [];
  #situationChanged = false;
  #last = { wall: 0, mono: 0 };
  #lookedAt = -Infinity;

  constructor(engine: Engine, wire: Wire) {
    this.#engine = engine;
    this.#wire = wire;
    this.#minutes = new Minutes(engine);
    this.#outages = new Outages(engine);
    const leave = engine.events.subscribe('changed', ({ tables }) => {
      // a restore exchanged the file
      if (tables.includes('settings')) this.#minutes.clear();
      if (tables.some((table) => table === 'watched_devices' || table === 'subnets')) this.#sync();
    });
    engine.onClose(() => {
      leave();
      this.#halt();
    });
    this.#sync();
  }

  /** Ids that are switched on, on this laptop. */
  get on(): string[] {
    return readSetting<string[]>(this.#engine.db, ON) ?? [];
  }
  /** Switches on those devices, or all; `here` also on a network that nobody knows yet. */
  start(ids: readonly string[] | undefined, here: boolean): void {
    const wanted = ids ?? allDevices(this.#engine.db).map(({ id }) => id);
    if (here || this.#watched.size === 0) rememberNetwork(this.#engine.db, this.#wire);
    this.#setOn([...new Set([...this.on, ...wanted])]);
    this.#look();
    this.#tellAll();
  }
  stop(ids: readonly string[] | undefined): void {
    this.#setOn(ids === undefined ? [] : this.on.filter((id) => !ids.includes(id)));
  }
  get watching(): number {
    return this.#watched.size;
  }
  all(): WatchEvent {
    const devices = [...this.#watched.values()].map(({ device, track }) => ({
      id: device.id,
      name: device.name,
      ip: device.ip,
      state: track.state,
      since: track.since,
      probes: [...track.probes],
    }));
    return { kind: 'all', ...this.#situation(), devices };
  }
  days(): WatchDay[] {
    const now = this.#engine.clock.now();
    return allDevices(this.#engine.db).map(({ id }) => this.#minutes.day(id, now));
  }

  #situation(): { network: NetworkState; here: string[]; ping_missing: boolean } {
    const { db } = this.#engine;
    if (this.#watched.size === 0) return { network: networkState(db, this.#wire), here: [], ping_missing: false };
    const here = this.#network === 'elsewhere' ? subnetsHere(this.#wire) : [];
    return { network: this.#network, here, ping_missing: this.#pingMissing };
  }
  #setOn(ids: readonly string[]): void {
    writeSetting(this.#engine.db, ON, ids);
    this.#sync();
    this.#engine.changed(['_watch']);
  }

  /** Brings what is watched in line with the register and the switches; runs while there is something to watch. */
  #sync(): void {
    const { db } = this.#engine;
    const on = new Set(this.on);
    const wanted = new Map(
      allDevices(db)
        .filter(({ id, ip }) => on.has(id) && mayBeAsked(ip))
        .map((device) => [device.id, device]),
    );
    for (const [id, { device }] of this.#watched) {
      const next = wanted.get(id);
      if (next?.ip === device.ip) continue;
      this.#outages.lost(id, this.#engine.clock.now());
      this.#keepMinute();
      this.#watched.delete(id);
    }
    const now = this.#wire.now();
    let fresh = 0;
    for (const device of wanted.values()) {
      const known = this.#watched.get(device.id);
      if (known) known.device = device;
      else
        this.#watched.set(device.id, {
          device,
          track: new Track(),
          due: now + ((fresh++ * 16) % SPREAD_MS),
          busy: false,
          means: 'icmp',
        });
    }
    if (this.#watched.size > 0 && !this.#run) this.#begin();
    if (this.#watched.size === 0) this.#halt();
    this.#tellAll();
  }

  #begin(): void {
    const run = new AbortController();
    this.#run = run;
    const { clock, db } = this.#engine;
    this.#last = { wall: clock.now(), mono: this.#wire.now() };
    this.#minutes.next(clock.now(), []);
    this.#network = networkState(db, this.#wire);
    this.#lookedAt = this.#wire.now();
    void this.#loop(run.signal).catch((error: unknown) => {
      this.#run = null;
      this.#broke(error);
    });
  }
  /** The file was closed under the watch; everything else is a bug and must be heard of. */
  #broke(error: unknown): void {
    if (this.#engine.db.raw.open) console.error('watch:', error);
  }
  #halt(): void {
    if (!this.#run) return;
    this.#run.abort();
    this.#run = null;
    const { db, clock } = this.#engine;
    if (!db.raw.open) return;
    this.#gap();
    this.#outages.network(false, clock.now(), 'unknown');
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const asker: Asker = { wire: this.#wire, line: lineOf(this.#wire, signal), signal };
    while (!signal.aborted) {
      this.#beat(asker);
      await this.#wire.sleep(BEAT_MS, signal);
    }
  }
  #beat(asker: Asker): void {
    const wall = this.#engine.clock.now();
    const mono = this.#wire.now();
    const passed = mono - this.#last.mono;
    const jumped = passed > JUMP_MS || Math.abs(wall - this.#last.wall - passed) > JUMP_MS;
    if (jumped) this.#gap();
    this.#last = { wall, mono };
    if (this.#minutes.isOver(wall)) {
      this.#keepMinute();
      this.#minutes.next(wall, [...this.#watched.keys()]);
    }
    if (mono - this.#lookedAt >= LOOK_MS) {
      this.#lookedAt = mono;
      this.#look();
    }
    this.#tell();
    if (this.#network !== 'ready') return;
    const due = [...this.#watched.values()].filter((each) => !each.busy && each.due <= mono);
    due.sort((a, b) => a.due - b.due);
    for (const each of due.slice(0, STARTS_A_BEAT)) {
      each.busy = true;
      const every = (each.device.interval_s ?? DEFAULT_INTERVAL_S) * 1000;
      // what could not keep up does not catch up
      each.due = Math.max(each.due + every, mono);
      void this.#probe(each, asker).catch((error: unknown) => this.#broke(error));
    }
  }

  async #probe(each: Watched, asker: Asker): Promise<void> {
    const { device, track } = each;
    const { signal } = asker;
    const epoch = this.#epoch;
    const asked = this.#engine.clock.now();
    try {
      let { rtt_ms: rtt, missing } = await ask(asker, device.ip, each.means);
      this.#notePing(missing);
      // About to be called down, and now and then while it is: a device that drops echoes may still answer on a port.
      // One that never answered is asked so at once: what drops every echo has lost none.
      const doubtful =
        track.misses % ASK_PORTS_EVERY === MISSES - 1 || (track.state === 'unknown' && track.misses === 0);
      if (rtt === null && !signal.aborted && doubtful) {
        const life = await askOtherwise(asker, device.ip, each.means);
        each.means = life?.means ?? each.means;
        rtt = life?.rtt_ms ?? null;
      }
      if (signal.aborted || this.#watched.get(device.id) !== each) return;
      if (rtt === null) this.#look();
      if (epoch !== this.#epoch) return;
      const changed = rtt === null ? track.missed(asked) : track.answered(this.#engine.clock.now(), rtt);
      if (changed) this.#changed(each);
    } finally {
      each.busy = false;
    }
  }
  #changed({ device, track }: Watched): void {
    const { clock } = this.#engine;
    const { state, since } = track;
    const at = since ?? clock.now();
    if (state === 'down') this.#outages.down(device, at);
    else this.#outages.up(device.id, at);
    this.#changes.push({ id: device.id, state, since });
  }
  #notePing(missing: boolean): void {
    if (missing === this.#pingMissing || (!missing && this.#pingMissing)) return;
    this.#pingMissing = missing;
    this.#situationChanged = true;
  }

  /** The own network: gone or strange, nothing is asked, and what was being asked does not count. */
  #look(): void {
    const { db, clock } = this.#engine;
    const now = networkState(db, this.#wire);
    if (now === this.#network || this.#watched.size === 0) return;
    this.#network = now;
    this.#situationChanged = true;
    this.#gap();
    this.#outages.network(now === 'gone', clock.now(), 'up');
  }
  /** From here on nothing is known: what is under way is thrown away, outages end in the unknown at the last moment that was seen. */
  #gap(): void {
    this.#epoch += 1;
    const mono = this.#wire.now();
    let n = 0;
    for (const { device, track } of this.#watched.values()) {
      if (track.state !== 'unknown') this.#changes.push({ id: device.id, state: 'unknown', since: null });
      track.forget();
    }
    this.#outages.lostAll(this.#last.wall);
    for (const each of this.#watched.values()) each.due = mono + ((n++ * 16) % SPREAD_MS);
    this.#keepMinute();
  }

  #keepMinute(): void {
    this.#minutes.keep(
      [...this.#watched].flatMap(([id, { track }]) => {
        const tally = track.takeTally();
        return tally ? [[id, tally] as const] : [];
      }),
    );
  }

  #tell(): void {
    const probes = [...this.#watched.values()].flatMap(({ device, track }) => {
      const rtts = track.fresh;
      track.fresh = [];
      return rtts.length > 0 ? [{ id: device.id, rtts }] : [];
    });
    if (probes.length === 0 && this.#changes.length === 0 && !this.#situationChanged) return;
    const changes = this.#changes;
    this.#changes = [];
    this.#situationChanged = false;
    this.events.publish('told', { kind: 'tick', ...this.#situation(), probes, changes });
  }
  #tellAll(): void {
    for (const { track } of this.#watched.values()) track.fresh = [];
    this.#changes = [];
    this.#situationChanged = false;
    this.events.publish('told', this.all());
  }
}
