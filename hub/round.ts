/** One round of sync: takes the commits of a request, then reads what the laptop has not seen. */
import { SCHEMA } from '../shared/commit.ts';
import { isId } from '../shared/sync/fits.ts';
import {
  hello,
  fillsFrame,
  joinTexts,
  parseCommit,
  PROTO,
  splitTexts,
  wholeUpTo,
  type Cursor,
  type Hello,
  type WireCommit,
} from '../shared/sync/frames.ts';
import { opsOf } from '../shared/sync/ops.ts';
import { OLDEST_SCHEMA, opSchema } from '../shared/sync/schema.ts';
import {
  encodeFrame,
  encodeMessage,
  FrameReader,
  parseJson,
  secondType,
  streamMessage,
  type Frame,
} from '../shared/sync/wire.ts';
import { accept } from './accept.ts';
import { codec, sha256 } from './codec.ts';
import type { Client } from './db.ts';
import { Failure } from './failure.ts';
import { doubted } from './keys.ts';
import type { PageCache } from './page-cache.ts';
import { comparePast, headFrame, headOf, pageFrames, type HeadLine, type HeadRow, type Lend } from './pages.ts';
import { rightsOf, type Rights } from './rights.ts';
import type { Viewer } from './view.ts';

const MAX_COMMITS = 500;
/** Of page text in the answer of a round, which is made whole before it leaves; what is more the laptop fetches as a stream. */
const ANSWER_BYTES = 500_000;
/** Of page text in one stream: below what a laptop unpacks of one answer (MAX_TEXT). */
const STREAM_BYTES = 12_000_000;

interface Request {
  readonly hello: Hello;
  readonly commits: readonly WireCommit[];
}

function parseRequest(body: Uint8Array): Request {
  const reader = new FrameReader(codec);
  const [first, ...rest]: Frame[] = reader.push(body);
  reader.finish();
  if (first?.type !== 'hello' || rest.some(({ type }) => type !== 'commit')) throw new Failure(400, 'BAD_FRAMES');
  const texts = rest.flatMap(({ text }) => splitTexts('commit', text));
  if (texts.length > MAX_COMMITS) throw new Failure(413, 'TOO_MANY');
  return { hello: parseJson(hello, first.text), commits: texts.map((text) => parseCommit(text, sha256)) };
}

/** Whether a request brings commits; told before it is known who asks, so nothing is unpacked for it. */
export const bringsCommits = (body: Uint8Array): boolean => secondType(body) === 'commit';

function resultFrames(results: readonly string[]): Uint8Array[] {
  const groups: string[][] = [];
  let length = 0;
  for (const text of results) {
    const last = groups.at(-1);
    if (!last || fillsFrame(length, text)) {
      groups.push([text]);
      length = 0;
    } else last.push(text);
    length += text.length;
  }
  return groups.map((texts) => encodeFrame(codec, 'result', joinTexts('result', texts)));
}

/** What it has not sent yet goes before what it has not seen: it asks for pages when it has sent all. */
const hasMoreToSend = ({ hello: { incarnation, last_mut_no }, commits }: Request): boolean =>
  commits.length > 0 && commits.every((commit) => commit.incarnation !== incarnation || commit.mut_no < last_mut_no);

/**
 * The answer's bytes; null when there is nothing to say (204). A commit that fails leaves those before it done. While the hub `isBusy` with
 * others' commits, verdicts go out alone: pages are fetched without a turn.
 */
export async function syncRound(
  client: Client,
  device: string,
  body: Uint8Array,
  now: () => number,
  cache: PageCache,
  isBusy: () => boolean = () => false,
): Promise<Uint8Array | null> {
  const request = parseRequest(body);
  const asked = request.hello;
  if (asked.proto !== PROTO) throw new Failure(409, 'OTHER_VERSION', { hub: PROTO, laptop: asked.proto });
  for (const commit of request.commits) checkKnown(commit);
  const met = await greet(client, device, asked);
  const results: string[] = [];
  const bad = await doubted(client, device, request.commits);
  await accept(client, { device, hello: asked, now: now(), doubted: bad }, request.commits, (text) =>
    results.push(text),
  );
  const rights = await rightsOf(client, device);
  const { incarnation, schema, scope } = asked;
  const sameScope = scope === rights.token;
  if (results.length === 0 && sameScope && asked.epoch !== null && asked.cursor.rv === met.seq) return null;
  // A laptop that is too old to be told anything has its work taken in all the same.
  // One that has another part of the store is told so first, and begins anew: pages in between would be for nothing.
  const elsewhere = schema < OLDEST_SCHEMA || (scope !== null && !sameScope);
  const bytes = elsewhere || isBusy() || hasMoreToSend(request) ? 0 : ANSWER_BYTES;
  const frames = resultFrames(results);
  const viewer = { device, incarnation, schema, part: rights.part };
  for await (const frame of answerFrames((work) => work(client), cache, asked.cursor, viewer, rights, now(), bytes))
    frames.push(frame);
  return encodeMessage(codec, frames);
}

/**
 * What a newer laptop writes in words of its own waits there until this hub is upgraded: none of the request is taken, so that the laptop may
 * still sort it. Words that no version up to the commit's own has are refused like any other nonsense, once, in its verdict.
 */
function checkKnown(commit: WireCommit): void {
  if (commit.schema <= SCHEMA) return;
  const ops = opsOf(commit.bodies, commit.schema);
  if (ops === null || ops.some((op) => opSchema(op) > SCHEMA))
    throw new Failure(409, 'HUB_OLDER', { hub: SCHEMA, laptop: commit.schema });
}

/** Pages alone, after a cursor, as they are read. */
export function pagesAfter(
  lend: Lend,
  cache: PageCache,
  from: Cursor,
  asking: Omit<Viewer, 'part'>,
  now: number,
): AsyncGenerator<Uint8Array, undefined> {
  if (asking.schema < OLDEST_SCHEMA)
    throw new Failure(409, 'LAPTOP_OLDER', { oldest: OLDEST_SCHEMA, laptop: asking.schema });
  return streamMessage(codec, framesAfter(lend, cache, from, asking, now));
}

async function* framesAfter(
  lend: Lend,
  cache: PageCache,
  from: Cursor,
  asking: Omit<Viewer, 'part'>,
  now: number,
): AsyncGenerator<Uint8Array, undefined> {
  const rights = await lend((client) => rightsOf(client, asking.device));
  yield* answerFrames(lend, cache, from, { ...asking, part: rights.part }, rights, now, STREAM_BYTES);
}

async function* answerFrames(
  lend: Lend,
  cache: PageCache,
  from: Cursor,
  viewer: Viewer,
  rights: Rights,
  now: number,
  bytes: number,
): AsyncGenerator<Uint8Array, undefined> {
  const { head, more } = yield* pageFrames(lend, cache, from, viewer, bytes);
  yield encodeFrame(codec, 'head', JSON.stringify(headFrame(head, now, more, rights)));
}

interface Met extends HeadLine {
  /** The hub's chain where the laptop stands. */
  readonly past: string | null;
  readonly owner: string | null;
  readonly last_mut_no: number | null;
}

/** Of a laptop that fetches everything anew: a head it was told and this hub does not have is one of a lost past. */
async function checkSeen(client: Client, seen: { seq: number; chain: string }, head: HeadRow): Promise<void> {
  if (seen.seq === 0) return;
  const { rows } = await client.query<{ chain: string }>('SELECT chain FROM sync.commit WHERE seq = $1', [seen.seq]);
  if (rows[0]?.chain !== seen.chain) throw new Failure(409, 'FORK', { epoch: head.epoch, seq: head.seq });
}

/**
 * All that a HELLO is judged by, in one query: most rounds have nothing else to ask. Refuses a laptop whose past is not this hub's, and one
 * that knows fewer of its own commits than the hub: it was restored from a backup (sync.md 2.9).
 */
async function greet(client: Client, device: string, asked: Hello): Promise<HeadRow> {
  const { rows } = await client.query<Met>({
    name: 'greet',
    text: `SELECT h.epoch, h.seq, h.chain, s.key, c.chain AS past, i.device AS owner, i.last_mut_no
      FROM sync.head h CROSS JOIN sync.seal s LEFT JOIN sync.commit c ON c.seq = $1 LEFT JOIN sync.incarnation i ON i.id = $2`,
    values: [wholeUpTo(asked.cursor), isId(asked.incarnation) ? asked.incarnation : null],
  });
  const [met] = rows;
  if (!met) throw new Error('sync.head is empty');
  const { past, owner, last_mut_no: last, ...line } = met;
  const head = headOf(line);
  comparePast(asked, head, past);
  if (asked.seen) await checkSeen(client, asked.seen, head);
  if (last !== null && (owner !== device || last > asked.last_mut_no))
    throw new Failure(409, 'CLIENT_FORK', { incarnation: asked.incarnation, mut_no: 0 });
  return head;
}
