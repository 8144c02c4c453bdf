/** The line between a laptop and the hub, byte by byte: it fails in a chosen way at the next request, and remembers what went over it. */
import { FRAMES } from '../../shared/sync/wire.ts';
import { nodePorts, type FetchInit, type Ports } from '../../main/engine/engine.ts';

export type Fault =
  /** The request never arrives. */
  | { kind: 'before' }
  /** The hub has done it; the answer is lost. */
  | { kind: 'after' }
  /** The line sends the request twice; the laptop hears the second answer. */
  | { kind: 'twice' }
  /** The answer ends at byte k (modulo its length). */
  | { kind: 'cut'; at: number }
  | { kind: 'flip'; at: number }
  /** A captive portal, a proxy without its hub, a hub that does not know who asks. */
  | { kind: 'html' }
  | { kind: '502' }
  | { kind: '401' }
  /** The answer of an earlier round comes once more instead of this one's. */
  | { kind: 'stale' }
  /** The user types while the answer travels; the answer to what was typed is lost. */
  | { kind: 'typing'; at: number }
  /** The machine loses power: before the hub heard of it (`sent` false), or while the answer travels. */
  | { kind: 'power'; sent: boolean };

export interface Heard {
  readonly url: string;
  readonly init: FetchInit;
}

const KEPT = 3;
const answerOf = (bytes: Uint8Array<ArrayBuffer>, { status, headers }: Response): Response =>
  new Response(status === 204 ? null : bytes, { status, headers });

export class Line {
  fault: Fault | null = null;
  /** How many requests still get through before the fault strikes. */
  wait = 0;
  /** The last rounds as they went out. */
  readonly rounds: Heard[] = [];
  #earlier: (() => Response) | null = null;
  readonly #typing: (at: number) => Promise<void>;
  readonly #power: () => void;

  constructor(does: { typing(at: number): Promise<void>; power(): void }) {
    this.#typing = (at) => does.typing(at);
    this.#power = () => does.power();
  }

  readonly fetch: Ports['fetch'] = async (url, init) => {
    if (url.endsWith('/v1/sync')) {
      this.rounds.push({ url, init });
      if (this.rounds.length > KEPT) this.rounds.shift();
    }
    const fault = this.wait > 0 ? null : this.fault;
    this.wait = Math.max(0, this.wait - 1);
    if (fault) this.fault = null;
    return fault ? this.#fail(fault, url, init) : this.#ask(url, init);
  };

  async #ask(url: string, init: FetchInit): Promise<Response> {
    const answer = await nodePorts.fetch(url, init);
    if (!url.endsWith('/v1/sync')) return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.#earlier = () => answerOf(bytes, answer);
    return this.#earlier();
  }

  async #fail(fault: Fault, url: string, init: FetchInit): Promise<Response> {
    switch (fault.kind) {
      case 'before':
        throw new TypeError('no line');
      case 'after':
        await (await this.#ask(url, init)).arrayBuffer();
        throw new TypeError('socket hang up');
      case 'twice':
        await (await this.#ask(url, init)).arrayBuffer();
        return this.#ask(url, init);
      case 'cut':
      case 'flip': {
        const answer = await this.#ask(url, init);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        // Only frames carry a checksum of their own; of everything else TLS says that it is as it was sent.
        const framed = answer.headers.get('content-type')?.startsWith(FRAMES) ?? false;
        if (fault.kind === 'cut' || !framed) return answerOf(bytes.slice(0, fault.at % (bytes.length + 1)), answer);
        const at = fault.at % Math.max(1, bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (fault.at % 8));
        return answerOf(bytes, answer);
      }
      case 'html':
        return new Response('<html>请登录校园网</html>', { headers: { 'content-type': 'text/html' } });
      case '502':
        return new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });
      case '401':
        return Response.json({ code: 'DEVICE_REFUSED', params: {} }, { status: 401 });
      case 'stale':
        return (url.endsWith('/v1/sync') ? this.#earlier?.() : undefined) ?? this.#ask(url, init);
      case 'typing': {
        const answer = await this.#ask(url, init);
        this.fault = { kind: 'after' };
        this.wait = 0;
        await this.#typing(fault.at);
        return answer;
      }
      case 'power':
        if (fault.sent) await (await this.#ask(url, init)).arrayBuffer();
        this.#power();
        throw new TypeError('no power');
    }
  }
}
