/**
 * A laptop without a notebook: it speaks the wire as a real one does (own TLS connection, numbered and chained commits, every frame
 * checked, the chain followed), but keeps nothing. Hundreds of them fit into one process, so that a storm measures the hub.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { codec } from '../../main/engine/sync/codec.ts';
import { sha256 } from '../../main/engine/commits.ts';
import type { Seen } from '../../main/engine/sync/trust.ts';
import { hashText, SCHEMA, type Op } from '../../shared/commit.ts';
import {
  commitText,
  enrolAnswer,
  fillsFrame,
  head as headShape,
  joinTexts,
  nextChain,
  page as pageShape,
  PROTO,
  splitTexts,
  START,
  WHOLE,
  type Cursor,
  type Hello,
  type Page,
  type WireCommit,
} from '../../shared/sync/frames.ts';
import {
  encodeFrame,
  encodeMessage,
  FrameReader,
  FRAMES,
  parseJson,
  type Codec,
  type Frame,
} from '../../shared/sync/wire.ts';

const realClock = (): Hello['clock'] => ({ wall_ms: Date.now(), boot_id: 'light', mono_ms: performance.now() });

/** Commits of one incarnation, numbered and chained. */
export class Incarnation {
  readonly id: string;
  mutNo = 0;
  readonly #clock: () => Hello['clock'];
  #prev = '';

  constructor(id: string = randomUUID(), clock = realClock) {
    this.id = id;
    this.#clock = clock;
  }
  commit(command: string, ops: readonly Op[]): WireCommit {
    this.mutNo += 1;
    const head = {
      incarnation: this.id,
      mut_no: this.mutNo,
      batch: randomUUID(),
      actor: '李明',
      command,
      reason: null,
      schema: SCHEMA,
      clock: this.#clock(),
      prev: this.#prev,
      signature: null,
    };
    const bodies = ops.map((op) => JSON.stringify(op));
    this.#prev = sha256(hashText(head, bodies));
    return { ...head, sha256: this.#prev, bodies };
  }
}

/** As a laptop's outbox puts them into frames. */
function grouped(commits: readonly WireCommit[]): string[][] {
  const groups: string[][] = [];
  let length = 0;
  for (const text of commits.map(commitText)) {
    if (groups.length === 0 || fillsFrame(length, text)) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(text);
    length += text.length;
  }
  return groups;
}

/**
 * What pages say, unpacked once for many laptops of one process: each of two hundred would do that on a computer of its own, so a storm must not
 * wait for one that does it for all. Whether the bytes are the same is looked at for each.
 */
export class SharedPages {
  readonly #packed = new Map<number, { payload: Buffer; text: string }[]>();
  readonly #pages = new Map<string, Page>();
  readonly #chains = new WeakMap<Page, Map<string, string>>();
  readonly codec: Codec = {
    ...codec,
    decompress: (payload, most) => {
      const alike = this.#packed.get(payload.length) ?? [];
      const known = alike.find((each) => each.payload.equals(payload));
      if (known) return known.text;
      const text = codec.decompress(payload, most);
      this.#packed.set(payload.length, [...alike, { payload: Buffer.from(payload), text }]);
      return text;
    },
  };
  page(text: string): Page {
    const known = this.#pages.get(text) ?? parseJson(pageShape, text);
    this.#pages.set(text, known);
    return known;
  }
  /** The chain after the page's commits. */
  after(chain: string, page: Page): string {
    const known = this.#chains.get(page) ?? new Map<string, string>();
    this.#chains.set(page, known);
    const end = known.get(chain) ?? page.commits.reduce((at, commit) => nextChain(sha256, at, commit.sha256), chain);
    known.set(chain, end);
    return end;
  }
}

export interface Heard {
  /** RESULT texts as they came. */
  readonly results: string[];
  readonly rows: number;
  readonly more: boolean;
}
const nothing: Heard = { results: [], rows: 0, more: false };

type Init = Parameters<typeof fetch>[1] & { body?: string | Uint8Array<ArrayBuffer> };

export class LightLaptop {
  readonly device: string;
  readonly own: Incarnation;
  cursor: Cursor = START;
  chain = '';
  requests = 0;
  up = 0;
  down = 0;
  readonly #url: string;
  readonly #agent: Agent;
  readonly #clock: () => Hello['clock'];
  readonly #pages: SharedPages;
  #token = '';
  #epoch = '';

  /** `seen` is the hub's certificate as it was looked at (trust.ts); null where it speaks plain HTTP. */
  constructor(
    url: string,
    seen: Seen | null,
    {
      device = randomUUID(),
      own = new Incarnation(),
      clock = realClock,
      pages = new SharedPages(),
    }: { device?: string; own?: Incarnation; clock?: typeof realClock; pages?: SharedPages } = {},
  ) {
    this.device = device;
    this.own = own;
    this.#url = url;
    this.#clock = clock;
    this.#pages = pages;
    this.#agent = new Agent({
      connections: 1,
      ...(seen ? { connect: { ca: seen.cert, checkServerIdentity: () => undefined } } : {}),
    });
  }
  close(): Promise<void> {
    return this.#agent.close();
  }

  async enrol(code: string, machine: string): Promise<void> {
    const answer = await this.#ask('/v1/enrol', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, device: this.device, machine, technician: machine, origin: null }),
    });
    const { token, epoch, origin } = enrolAnswer.parse(JSON.parse(answer.toString()));
    this.#token = token ?? '';
    this.#epoch = epoch;
    this.chain = origin;
  }

  /** A request's bytes: HELLO and commits. */
  request(commits: readonly WireCommit[]): Uint8Array {
    const hello: Hello = {
      proto: PROTO,
      schema: SCHEMA,
      epoch: this.#epoch,
      cursor: this.cursor,
      chain: this.chain,
      incarnation: this.own.id,
      last_mut_no: this.own.mutNo,
      clock: this.#clock(),
      unc_ms: 0,
      scope: null,
      seen: null,
    };
    return encodeMessage(codec, [
      encodeFrame(codec, 'hello', JSON.stringify(hello)),
      ...grouped(commits).map((group) => encodeFrame(codec, 'commit', joinTexts('commit', group))),
    ]);
  }
  async round(body: Uint8Array): Promise<Heard> {
    return this.#hear(
      await this.#ask('/v1/sync', {
        method: 'POST',
        headers: { ...this.#auth(), 'content-type': FRAMES },
        body: body as Uint8Array<ArrayBuffer>,
      }),
    );
  }
  /** Fetches pages until the hub has no more. Returns the rows received. */
  async pull(): Promise<number> {
    let rows = 0;
    for (;;) {
      const query = new URLSearchParams({
        after: `${this.cursor.rv}.${this.cursor.ord}`,
        epoch: this.#epoch,
        chain: this.chain,
        incarnation: this.own.id,
        schema: String(SCHEMA),
      });
      const heard = this.#hear(await this.#ask(`/v1/pages?${query.toString()}`, { headers: this.#auth() }));
      rows += heard.rows;
      if (!heard.more) return rows;
    }
  }

  #auth(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }
  async #try(path: string, init: Init): Promise<{ answer: Awaited<ReturnType<typeof fetch>>; body: Buffer }> {
    const answer = await fetch(`${this.#url}${path}`, { ...init, dispatcher: this.#agent });
    return { answer, body: Buffer.from(await answer.arrayBuffer()) };
  }
  async #ask(path: string, init: Init, again = 5): Promise<Buffer> {
    this.requests += 1;
    this.up += init.body?.length ?? 0;
    const heard = await this.#try(path, init).catch(() => null);
    // A line that died: every request may be asked again.
    if (heard === null && again > 0) {
      await delay(500 + 500 * Math.random());
      return this.#ask(path, init, again - 1);
    }
    if (heard === null) throw new Error(`${path}: no line`);
    const { answer, body } = heard;
    this.down += body.length;
    if (answer.status === 503) {
      // As a real one does: it comes again when it was told to, shaken by half.
      const seconds = Number(answer.headers.get('retry-after') ?? 5);
      await delay(seconds * 1000 * (0.5 + Math.random()));
      return this.#ask(path, init, again);
    }
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body.toString()}`);
    return body;
  }
  #hear(body: Buffer): Heard {
    if (body.length === 0) return nothing;
    const reader = new FrameReader(this.#pages.codec);
    const frames = reader.push(body);
    reader.finish();
    const results: string[] = [];
    let [rows, more] = [0, false];
    for (const frame of frames) {
      if (frame.type === 'result') results.push(...splitTexts('result', frame.text));
      else if (frame.type === 'head') more = parseJson(headShape, frame.text).more;
      else if (frame.type === 'page') rows += this.#follow(frame);
    }
    return { results, rows, more };
  }
  #follow({ text }: Frame): number {
    const page = this.#pages.page(text);
    if (page.from.rv !== this.cursor.rv || page.from.ord !== this.cursor.ord) throw new Error('page out of order');
    this.chain = this.#pages.after(this.chain, page);
    this.cursor = page.to;
    return page.rows.length;
  }
  get level(): number {
    return this.cursor.ord === WHOLE ? this.cursor.rv : this.cursor.rv - 1;
  }
}
