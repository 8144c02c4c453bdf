/** The application itself: one database, one clock, one door. Knows ports, not hosts (design.md §2). */
import { randomUUID } from 'node:crypto';
import { EventPublisher } from '@orpc/server';
import type { Database } from 'better-sqlite3';
import { fetch as fetchOver, type Agent, type RequestInit as RequestInitOver } from 'undici';
import { newId } from './ids.ts';
import type { Setup } from '../../shared/features/system.ts';
import { dayOf } from '../../shared/day.ts';
import { records } from '../../shared/records.ts';
import { isRefusal, refuse } from '../../shared/refusal.ts';
import { systemClock, sampleOf, type Clock } from './clock.ts';
import { appendCommits, sha256 } from './commits.ts';
import type { ReadDb } from './db.ts';
import { diskRefusal } from './disk-errors.ts';
import { checkGrant, partOf, readGrant } from './grant.ts';
import { WriteDb } from './door.ts';
import { failpoint } from './failpoint.ts';
import { hasDependants, indexDependants, indexRow } from './search.ts';
import { readSetting, writeSetting } from './settings.ts';
import type { Keyring } from './secrets/keyring.ts';
import { createSnmpReader, type SnmpReader } from './snmp/reader.ts';
import { spawnHelper, type SpawnHelper } from './spawn-helper.ts';
import { localWire } from './wire/local.ts';
import type { Wire } from './wire/wire.ts';

/** What a host or a test may replace: the clock, the wire, how helper processes start. */
export interface Ports {
  readonly clock: Clock;
  readonly spawnHelper: SpawnHelper;
  /** The network, opened by discovery at its first question. */
  readonly wire: (spawn: SpawnHelper) => Wire;
  /** Asks devices by SNMP; opened at the first question. */
  readonly snmp: (spawn: SpawnHelper) => SnmpReader;
  /** Where the key to sealed values may lie, if this host has such a place. */
  readonly keyring: Keyring | null;
  /** HTTP to the hub; with `dispatcher` over a line that was made before. */
  readonly fetch: (url: string, init: FetchInit) => Promise<Response>;
}
export interface FetchInit extends Omit<RequestInit, 'dispatcher'> {
  readonly dispatcher?: Agent;
}
export const nodePorts: Ports = {
  clock: systemClock,
  spawnHelper,
  wire: localWire,
  snmp: createSnmpReader,
  keyring: null,
  // One package for both, as an Agent fits only the fetch of its own version.
  // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- tsc tells the package's Response from the platform's
  fetch: (url, init) => fetchOver(url, init as RequestInitOver) as unknown as Promise<Response>,
};

export class Engine {
  readonly db: ReadDb;
  readonly dir: string;
  readonly ports: Ports;
  readonly events = new EventPublisher<{ changed: { tables: string[] } }>();
  readonly #closers: (() => void)[] = [];
  readonly #guards: (() => void)[] = [];
  #incarnation: string;

  constructor(db: ReadDb, dir: string, ports: Ports) {
    this.db = db;
    this.dir = dir;
    this.ports = ports;
    this.#incarnation = readSetting<string>(db, 'incarnation') ?? this.renewIncarnation();
  }

  get clock(): Clock {
    return this.ports.clock;
  }
  /** Today's date in Asia/Shanghai. */
  today(): string {
    return dayOf(this.clock.now());
  }
  get setup(): Setup | null {
    return readSetting<Setup>(this.db, 'setup');
  }
  /** The id under which this laptop numbers its commits; a restored or cloned folder gets a new one (sync.md 2.9). */
  get incarnation(): string {
    return this.#incarnation;
  }
  renewIncarnation(): string {
    this.#incarnation = randomUUID();
    writeSetting(this.db, 'incarnation', this.#incarnation);
    return this.#incarnation;
  }

  /** After a restore: goes on with another file, under a new incarnation, and tells every window that everything changed. */
  adopt(raw: Database): void {
    this.db.adopt(raw);
    this.renewIncarnation();
    this.changed(['settings', ...records.map(({ table }) => table)]);
  }

  /** Who acts: `name@machine`. Refuses before the first-run setup is done. */
  actor(): string {
    const setup = this.setup;
    if (!setup) throw refuse('not_set_up');
    return `${setup.technician}@${setup.machine}`;
  }

  /** The machine code of human numbers. */
  machine(): string {
    return this.setup?.machine ?? 'L00';
  }

  /**
   * Runs a command: one immediate transaction, one commit, with the reason the person gave where one was asked. A refusal rolls everything back and is itself recorded.
   * Returns what `work` returns, and the id of the batch it wrote (for undo).
   */
  commit<T>(command: string, work: (tx: WriteDb) => T, reason: string | null = null): { result: T; batch: string } {
    const actor = this.actor();
    const now = this.clock.now();
    const batch = newId(now);
    const tx = new WriteDb(this.db, now);
    const run = this.db.raw.transaction(() => {
      const grant = readGrant(this.db);
      const part = partOf(this.db, grant, this.machine());
      for (const guard of this.#guards) guard();
      const result = work(tx);
      if (tx.ops.length > 0) {
        checkGrant(this.db, tx.ops, { grant, part, actor, incarnation: this.#incarnation });
        failpoint('F1');
        appendCommits(
          this.db,
          { incarnation: this.#incarnation, batch, actor, command, reason, clock: sampleOf(this.clock) },
          tx.ops,
        );
        this.#index(tx);
      }
      return result;
    });
    let result: T;
    try {
      result = run.immediate();
    } catch (error) {
      throw this.#refused(error, actor, command);
    }
    failpoint('F2');
    this.changed(tx.ops.map((op) => op.table));
    return { result, batch };
  }

  /** As `commit`, when the batch is of no interest. */
  command<T>(command: string, work: (tx: WriteDb) => T, reason: string | null = null): T {
    return this.commit(command, work, reason).result;
  }

  /** A dry run: what `work` would do, by doing it and taking all of it back. Nothing is written, logged or told. */
  rehearse<T>(work: (tx: WriteDb) => T): T {
    const tx = new WriteDb(this.db, this.clock.now());
    const done: { result?: T } = {};
    const back = new Error('rehearsed');
    const run = this.db.raw.transaction(() => {
      done.result = work(tx);
      throw back;
    });
    try {
      run.immediate();
    } catch (error) {
      if (error !== back) throw error;
    }
    return done.result as T;
  }

  /** Tells every window which tables changed. */
  changed(tables: readonly string[]): void {
    if (tables.length > 0) this.events.publish('changed', { tables: [...new Set(tables)] });
  }

  /** Asked before every command; what it refuses is not done. */
  beforeCommit(guard: () => void): void {
    this.#guards.push(guard);
  }

  /** What to do when the engine closes. */
  onClose(close: () => void): void {
    this.#closers.push(close);
  }
  close(): void {
    for (const close of this.#closers.toReversed()) close();
    this.#closers.length = 0;
  }

  #index(tx: WriteDb): void {
    // Oldest first, as their numbers in the index rise: it writes itself out whenever they fall, and an undo goes backwards
    // (50,000 rows: 12 s in their order, 4 s in this one).
    const touched = [...new Map(tx.ops.map((op) => [op.id, op]))].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [id, op] of touched) indexRow(this.db, op.table, id);
    for (const [id, op] of touched)
      if (op.op !== 'insert' && hasDependants(op.table)) indexDependants(this.db, op.table, id);
  }

  /** Success or failure is part of the record: the refusal goes to the audit trail, then to the caller. */
  #refused(error: unknown, actor: string, command: string): unknown {
    const refusal = isRefusal(error) ? error : diskRefusal(error, this.dir);
    if (!refusal) return error;
    if (refusal.code !== 'disk_full' && refusal.code !== 'disk_error')
      this.recordRefusal(actor, command, refusal.code, refusal.params);
    return refusal;
  }

  recordRefusal(actor: string, command: string, code: string, params: object): void {
    const prev = this.db.value<string>('SELECT sha256 FROM _refused ORDER BY number DESC LIMIT 1') ?? '';
    const at = Math.trunc(this.clock.now());
    const text = JSON.stringify(params);
    this.db
      .prepare('INSERT INTO _refused (at, actor, command, code, params, prev, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(at, actor, command, code, text, prev, sha256([prev, at, actor, command, code, text].join('\n')));
  }
}
