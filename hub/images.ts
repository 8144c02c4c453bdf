/**
 * The newest image of the store, for laptops that have nothing of it yet: built when first asked for, by a process of its own, while they are served
 * otherwise; kept until the store has moved on. Each hub process has its own, in a folder that goes with it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type pg from 'pg';
import { IMAGE_ROWS, type ImageAnswer } from '../shared/sync/image.ts';
import type { Client } from './db.ts';
import type { BuiltImage } from './image-build.ts';
import { readHead } from './pages.ts';

/** An image that is this many commits behind is replaced; until then the rest comes in pages. */
const BEHIND = 2000;
/** A build that failed (a full disk) is not tried again for so long. */
const PAUSE_MS = 600_000;
/** The first is in use, the one before it may still be on its way to somebody. */
const KEPT = 2;

/** With the machine, as containers may share a folder and not their processes, then the process, then what makes it another's than any. */
const FOLDER = `lanbook-hub-image-${hostname()}-`;
/** At a start; what is more waits for the next one. */
const SWEPT = 50;

/** Folders of hubs that were killed. In a container the next one often has the number of the last: then the folder is older than it. */
function sweepFolders(): void {
  const found = readdirSync(tmpdir()).filter((name) => name.startsWith(FOLDER));
  for (const name of found.slice(0, SWEPT)) {
    const folder = join(tmpdir(), name);
    const pid = Number.parseInt(name.slice(FOLDER.length), 10);
    const usedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (pid === process.pid ? usedAt >= performance.timeOrigin : isRunning(pid)) continue;
    // Of another user it stays, and is not worth failing for.
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {}
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Kept extends BuiltImage {
  readonly file: string;
}

export class Images {
  readonly #pool: pg.Pool;
  readonly #now: () => number;
  #kept: Kept[] = [];
  #dir: string | null = null;
  #number = 0;
  #building: ChildProcess | null = null;
  #failedAt: number | null = null;

  constructor(pool: pg.Pool, now: () => number) {
    this.#pool = pool;
    this.#now = now;
    sweepFolders();
  }

  /** What a laptop may fetch now; null when there is none (yet), or none is worth it. */
  async newest(client: Client): Promise<ImageAnswer | null> {
    const head = await readHead(client);
    const [newest] = this.#kept;
    if (newest && !(await isPast(client, head, newest))) this.#drop(0);
    const [valid] = this.#kept;
    if (valid ? head.seq - valid.seq > BEHIND : await isLarge(client)) this.#build();
    if (!valid) return null;
    const { file: _file, chain: _chain, ...told } = valid;
    return told;
  }

  /** The file of an image that was told; null when it is gone. */
  fileOf(schema: number, seq: number, sha256: string): Kept | null {
    return this.#kept.find((each) => each.schema === schema && each.seq === seq && each.sha256 === sha256) ?? null;
  }

  close(): void {
    this.#building?.kill();
    this.#building = null;
    this.#kept = [];
    if (this.#dir) rmSync(this.#dir, { recursive: true, force: true, maxRetries: 3 });
    this.#dir = null;
  }

  #build(): void {
    if (this.#building) return;
    if (this.#failedAt !== null && this.#now() - this.#failedAt < PAUSE_MS) return;
    this.#dir ??= mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
    this.#number += 1;
    const file = join(this.#dir, `${this.#number}.zst`);
    // node:sqlite says that it is new, once for each process.
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'image-build.ts')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify({ url: this.#pool.options.connectionString, file }));
    const ended = new Promise<boolean>((resolve) => {
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0));
    });
    this.#building = child;
    Promise.all([text(child.stdout), ended])
      .then(([line, ok]) => {
        if (this.#building !== child) return;
        this.#building = null;
        if (!ok) throw new Error('the image was not built');
        this.#failedAt = null;
        this.#kept.unshift({ ...(JSON.parse(line) as BuiltImage), file });
        this.#drop(KEPT);
      })
      .catch(() => {
        // Laptops go on with pages; the process has said why.
        this.#building = null;
        this.#failedAt = this.#now();
        rmSync(file, { force: true });
        rmSync(`${file}.db`, { force: true });
      });
  }

  #drop(keep: number): void {
    for (const { file } of this.#kept.splice(keep)) rmSync(file, { force: true });
  }
}

/** Whether the image is of this store's own past: a store that was restored has another. */
async function isPast(client: Client, head: { readonly epoch: string }, image: BuiltImage): Promise<boolean> {
  if (image.epoch !== head.epoch) return false;
  if (image.seq === 0) return true;
  const { rows } = await client.query<{ chain: string }>('SELECT chain FROM sync.commit WHERE seq = $1', [image.seq]);
  return rows[0]?.chain === image.chain;
}

async function isLarge(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM (SELECT 1 FROM sync.feed LIMIT $1) first',
    [IMAGE_ROWS],
  );
  return (rows[0]?.n ?? 0) >= IMAGE_ROWS;
}
