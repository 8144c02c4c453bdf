/**
 * Files on their way in. Bytes wait in the data folder (`incoming/`), so that a dry run and its commit may come from two runs of the
 * command line; parsed tables and plans wait in memory. Nothing of it is the register's; all of it may be thrown away.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../ids.ts';
import { importOptions, type Decisions, type ImportOptions } from '../../../../shared/features/transfer.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { LIMITS, type RawTable } from '../../sheets/types.ts';
import type { Layout } from './layout.ts';
import type { Plan } from './plan.ts';

export interface Judged {
  /** With every decision settled, so that the commit judges as the dry run did. */
  readonly options: ImportOptions & { readonly decisions: Decisions };
  readonly table: RawTable;
  readonly layout: Layout;
  readonly plan: Plan;
}
interface Staged {
  name: string;
  table: RawTable | null;
  judged: Judged | null;
  /** Set once it is in the register: it cannot go in twice. */
  batch: string | null;
}
/** Files kept at once. A technician imports one; two windows may import two. */
const KEPT = 3;
/** A file left lying for a day was given up: registers hold names and phones. */
const FORGOTTEN_MS = 86_400_000;
/** A UUIDv7 begins with its moment: 48 bits of milliseconds. */
const bornAt = (token: string): number => Number.parseInt(token.slice(0, 8) + token.slice(9, 13), 16);

const stages = new WeakMap<Engine, Staging>();
export function stagingOf(engine: Engine): Staging {
  let staging = stages.get(engine);
  if (!staging) stages.set(engine, (staging = new Staging(engine)));
  return staging;
}

export class Staging {
  readonly #dir: string;
  readonly #engine: Engine;
  readonly #files = new Map<string, Staged>();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#dir = join(engine.dir, 'incoming');
  }
  #path(token: string, kind: 'file' | 'json'): string {
    return join(this.#dir, `${token}.${kind}`);
  }

  /** Starts a file, throwing away the oldest ones. */
  begin(name: string): string {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const old = [...new Set(readdirSync(this.#dir).map((file) => file.replace(/\.\w+$/, '')))].toSorted();
    const now = this.#engine.clock.now();
    old.forEach((token, i) => {
      if (i <= old.length - KEPT || now - bornAt(token) > FORGOTTEN_MS) this.drop(token);
    });
    const token = newId(this.#engine.clock.now());
    writeFileSync(this.#path(token, 'file'), '', { mode: 0o600 });
    this.#remember(token, name, null);
    this.#files.set(token, { name, table: null, judged: null, batch: null });
    return token;
  }

  /** Adds bytes; refuses beyond the size limit. Returns the size so far. */
  append(token: string, bytes: Uint8Array): number {
    const path = this.#path(token, 'file');
    if (!existsSync(path)) throw refuse('import_gone');
    const size = statSync(path).size + bytes.length;
    if (size > LIMITS.fileBytes) {
      this.drop(token);
      throw refuse('sheet_too_big', { max: LIMITS.fileBytes / 1024 / 1024 });
    }
    appendFileSync(path, bytes);
    return size;
  }

  bytes(token: string): Uint8Array {
    const path = this.#path(token, 'file');
    if (!existsSync(path)) throw refuse('import_gone');
    return readFileSync(path);
  }

  /** What is known of a file; refuses one that is gone. */
  get(token: string): Staged {
    const known = this.#files.get(token);
    if (known) return known;
    const note = this.#note(token);
    if (!note) throw refuse('import_gone');
    const staged: Staged = { name: note.name, table: null, judged: null, batch: null };
    this.#files.set(token, staged);
    return staged;
  }

  judged(token: string, judged: Judged): void {
    const staged = this.get(token);
    staged.table = judged.table;
    staged.judged = judged;
    this.#remember(token, staged.name, judged.options);
  }

  /** The options of the last dry run, also of one in an earlier run of the program. */
  options(token: string): ImportOptions | null {
    return this.#files.get(token)?.judged?.options ?? this.#note(token)?.options ?? null;
  }

  /** After the commit: the plan stays for the result file, the bytes go. */
  committed(token: string, batch: string): void {
    this.get(token).batch = batch;
    this.#remove(token);
  }

  drop(token: string): void {
    this.#files.delete(token);
    this.#remove(token);
  }

  #remove(token: string): void {
    rmSync(this.#path(token, 'file'), { force: true });
    rmSync(this.#path(token, 'json'), { force: true });
  }
  #remember(token: string, name: string, options: ImportOptions | null): void {
    writeFileSync(this.#path(token, 'json'), JSON.stringify({ name, options }), { mode: 0o600 });
  }
  #note(token: string): { name: string; options: ImportOptions | null } | null {
    try {
      const note = JSON.parse(readFileSync(this.#path(token, 'json'), 'utf8')) as { name: string; options: unknown };
      return { name: note.name, options: note.options === null ? null : importOptions.parse(note.options) };
    } catch {
      return null;
    }
  }
}
