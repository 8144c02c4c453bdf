/**
 * Pages that were read once, kept compressed: two hundred laptops that come home in the evening ask for the same pages (sync.md 2.4). A page between
 * two cursors stays true: what moved on since comes again in a later page. Only one that ended at the head of its time may hold more by now.
 */
import { wholeUpTo, WHOLE, type Cursor, type Page } from '../shared/sync/frames.ts';
import { encodeFrame } from '../shared/sync/wire.ts';
import { codec } from './codec.ts';
import type { Client } from './db.ts';
import type { FeedPage } from './feed.ts';

/** Compressed. */
const MAX_BYTES = 64 * 1024 * 1024;
const HEADER = 9;
/** Own operations travel needlessly when a page is shared as it is; when they are more than this part of it, it is made anew without them. */
const OWN_SHARE = 1 / 3;

export interface KeptPage {
  readonly from: Cursor;
  readonly to: Cursor;
  /** The head that ended it, null when its size did. */
  readonly head: number | null;
  /** The page as everybody may have it, as a frame; `last` is what the head says. */
  readonly frame: Uint8Array;
  /** Of text, before compression. */
  readonly length: number;
  /** How many of its commits are of which incarnation. */
  readonly authors: ReadonlyMap<string, number>;
  readonly commits: number;
}

interface Head {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
}

const keyOf = ({ rv, ord }: Cursor): string => `${rv}.${ord}`;

export function keep({ atHead, ...page }: FeedPage): KeptPage {
  const text = JSON.stringify({ ...page, last: atHead });
  const authors = new Map<string, number>();
  for (const { incarnation } of page.commits) authors.set(incarnation, (authors.get(incarnation) ?? 0) + 1);
  return {
    from: page.from,
    to: page.to,
    head: atHead ? page.to.rv : null,
    frame: encodeFrame(codec, 'page', text),
    length: text.length,
    authors,
    commits: page.commits.length,
  };
}

/** The page itself, for whoever gets another view of it. */
export const openPage = ({ frame, length }: KeptPage): Page =>
  JSON.parse(codec.decompress(frame.subarray(HEADER), 4 * length + 1)) as Page;

/** Whether this laptop may get the page as it is, with its own operations in it. */
export const fitsAuthor = ({ authors, commits }: KeptPage, incarnation: string): boolean =>
  (authors.get(incarnation) ?? 0) <= commits * OWN_SHARE;

export class PageCache {
  readonly #max: number;
  #bytes = 0;
  /** Oldest use first. */
  readonly #pages = new Map<string, KeptPage>();
  readonly #reading = new Map<string, Promise<KeptPage>>();
  #head: Head | null = null;

  constructor(max = MAX_BYTES) {
    this.#max = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The store as it is now. When it has not the past that was kept (it was restored from a backup), all of that is forgotten. */
  async follow(client: Client, head: Head): Promise<void> {
    const last = this.#head;
    if (last?.chain === head.chain && last.seq === head.seq) return;
    if (last && last.epoch === head.epoch) {
      const { rows } = await client.query<{ chain: string }>('SELECT chain FROM sync.commit WHERE seq = $1', [
        last.seq,
      ]);
      if (last.seq === 0 || rows[0]?.chain === last.chain) {
        if (head.seq > (this.#head?.seq ?? 0)) this.#head = head;
        return;
      }
    }
    this.#clear();
    this.#head = head;
  }

  #clear(): void {
    this.#pages.clear();
    this.#reading.clear();
    this.#bytes = 0;
  }

  /**
   * The page after `from` when the head is `head`: kept, cut from a kept one that reaches further, or read by `read`. Whoever asks while it is
   * being read waits for that.
   */
  async page(from: Cursor, head: number, read: () => Promise<KeptPage>): Promise<KeptPage> {
    const key = keyOf(from);
    const known = this.#pages.get(key);
    if (known && (known.head === null || known.head === head)) return this.#use(key, known);
    const wider = this.#around(from);
    if (wider) return this.#add(cutFrom(wider, from));
    const asked = `${key} ${head}`;
    // After a reading that failed the first to hear of it reads again, and all others wait for that one.
    for (let running = this.#reading.get(asked); running; running = this.#reading.get(asked)) {
      const page = await running.catch(() => null);
      if (page) return this.#use(key, page);
    }
    const reading = read();
    this.#reading.set(asked, reading);
    try {
      const page = await reading;
      return this.#add(page);
    } finally {
      if (this.#reading.get(asked) === reading) this.#reading.delete(asked);
    }
  }

  #use(key: string, page: KeptPage): KeptPage {
    if (this.#pages.delete(key)) this.#pages.set(key, page);
    return page;
  }

  /** A full page that begins before this border of two commits and ends behind it. */
  #around({ rv, ord }: Cursor): KeptPage | undefined {
    if (ord !== WHOLE) return undefined;
    for (const page of this.#pages.values())
      if (page.head === null && page.from.ord === WHOLE && page.from.rv < rv && wholeUpTo(page.to) > rv) return page;
    return undefined;
  }

  #add(page: KeptPage): KeptPage {
    const key = keyOf(page.from);
    this.#bytes += page.frame.length - (this.#pages.get(key)?.frame.length ?? 0);
    this.#pages.delete(key);
    this.#pages.set(key, page);
    for (const [oldest, { frame }] of this.#pages) {
      if (this.#bytes <= this.#max) break;
      this.#pages.delete(oldest);
      this.#bytes -= frame.length;
    }
    return page;
  }
}

/** The rest of a page, for a laptop that stands in the middle of it: from there on it shares the borders of all others. */
function cutFrom(page: KeptPage, from: Cursor): KeptPage {
  const { commits, rows, to } = openPage(page);
  return keep({
    from,
    to,
    commits: commits.filter(({ seq }) => seq > from.rv),
    rows: rows.filter(({ rv }) => rv > from.rv),
    atHead: false,
  });
}
