/**
 * Sync by USB stick, the hub's side: what a laptop wrote is taken in by the normal round, and what it would have heard goes into a file for that
 * laptop alone. A stick may come twice or late: every commit has its key, so nothing is done twice.
 */
import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import {
  BundleError,
  readBundle,
  writeBundle,
  type AnswerHeader,
  type JoinHeader,
  type RequestHeader,
} from '../shared/sync/bundle.ts';
import {
  head,
  hello,
  page,
  splitTexts,
  START,
  type Cursor,
  type Head,
  type Hello,
  type HubError,
} from '../shared/sync/frames.ts';
import { encodeFrame, encodeMessage, FrameReader, parseJson, WireError, type Frame } from '../shared/sync/wire.ts';
import { NotTaken } from './bundle-fault.ts';
import { admit, ownSeal } from './bundle-join.ts';
import { codec } from './codec.ts';
import type { Client } from './db.ts';
import { noteEvent } from './events.ts';
import { Failure } from './failure.ts';
import { keepCommits } from './handover.ts';
import type { Identity } from './identity.ts';
import { signs } from './keys.ts';
import type { PageCache } from './page-cache.ts';
import { originOf, readHead } from './pages.ts';
import { rejoin } from './rejoin.ts';
import { pagesAfter, syncRound } from './round.ts';

/** What was in a bundle and what came of it, for whoever carries the stick. */
export interface Taken {
  readonly machine: string;
  readonly technician: string;
  readonly number: number;
  /** The laptop joined with this file. */
  readonly joined: boolean;
  /** Changes in the file. */
  readonly commits: number;
  readonly from_at: number | null;
  readonly to_at: number | null;
  readonly outcome: { readonly applied: number; readonly held: number; readonly rejected: number };
  /** Records that go back with the answer. */
  readonly rows: number;
  /** Why nothing was taken, as a code of the wire; the answer tells the laptop. */
  readonly failure: string | null;
  /** Its access was ended: this many commits wait for the operator's review. */
  readonly quarantined: number | null;
  /** The answer to carry back, and its name; null for a laptop whose access was ended. */
  readonly answer: { readonly name: string; readonly bytes: Uint8Array } | null;
}

const CONSOLE = 'console';

interface Desk {
  readonly client: Client;
  readonly cache: PageCache;
  readonly identity: Identity;
  readonly now: () => number;
  /** Who took it in, for the events: `name@machine`, or the console. */
  readonly by?: string;
}

interface Author {
  readonly machine: string;
  readonly technician: string;
  readonly public_key: Buffer | null;
  readonly revoked_at: number | null;
}

/** Takes in a bundle that a laptop of this store wrote. Throws NotTaken with one sentence when it is not one, and changes nothing then. */
export async function takeBundle(desk: Desk, bytes: Uint8Array): Promise<Taken> {
  const { client, now, by = CONSOLE } = desk;
  const { header, signed, signature, messages } = opened(bytes);
  if (header.kind === 'answer') throw new NotTaken('answer');
  const { device } = header;
  const own = header.kind === 'join' ? ownSeal(header, signed, signature) : null;
  const author: Author =
    header.kind === 'join'
      ? { machine: header.machine, technician: header.technician, public_key: null, revoked_at: null }
      : await authorOf(desk, header, signed, signature);
  const requests = asFound(() => messages.map((message) => dated(header, message, now())));
  // From here on the file is one of a laptop that is, or is now, of this store.
  const seal = header.kind === 'join' && own ? await admit(client, header, signed, own, { now: now(), by }) : null;
  const about = {
    machine: author.machine,
    technician: author.technician,
    number: header.number,
    joined: seal !== null,
    commits: header.commits,
    from_at: header.from_at,
    to_at: header.to_at,
  };
  if (author.revoked_at !== null && author.public_key) {
    const texts = requests.flatMap(({ frames }) => frames.flatMap(({ text }) => splitTexts('commit', text)));
    const clock = requests[0]?.hello.clock;
    const kept = clock ? await keepCommits(client, device, author.public_key, clock, texts, now()) : null;
    const quarantined = (kept?.kept ?? 0) + (kept?.known ?? 0);
    await note(desk, device, true, `quarantined ${quarantined}`);
    const outcome = { applied: 0, held: 0, rejected: 0 };
    return { ...about, outcome, rows: 0, failure: null, quarantined, answer: null };
  }
  const answered = await answerOf(desk, header, requests);
  await note(desk, device, answered.failure === null, `#${header.number}: ${header.commits} commits`);
  const draft = {
    kind: 'answer',
    device,
    machine: author.machine,
    origin: await originOf(client),
    number: header.number,
    made_at: now(),
    key: spkiOf(desk.identity).toString('base64url'),
    asked: header.sha256,
    epoch: (await readHead(client)).epoch,
    from: requests[0]?.hello.cursor ?? START,
    to: answered.to,
    anew: answered.anew,
    results: answered.outcome.applied + answered.outcome.held + answered.outcome.rejected,
    rows: answered.rows,
    failure: answered.failure,
    joined: header.kind === 'join' ? { nonce: header.nonce } : null,
  } satisfies Omit<AnswerHeader, 'bytes' | 'sha256'>;
  const key = createPrivateKey(desk.identity.key);
  const signing = (text: string): string => {
    const line = sign('sha256', Buffer.from(text), key).toString('base64url');
    return seal ? `${line}.${seal(text)}` : line;
  };
  const { outcome, rows: told, failure } = answered;
  return {
    ...about,
    outcome,
    rows: told,
    failure: failure?.code ?? null,
    quarantined: null,
    answer: {
      name: `${author.machine}-${header.number}-answer.lanbook`,
      bytes: writeBundle<AnswerHeader>(codec, draft, answered.messages, signing),
    },
  };
}

/** The laptop of this store that signed the file. */
async function authorOf(desk: Desk, header: RequestHeader, signed: string, signature: string): Promise<Author> {
  const { client } = desk;
  const { device, machine } = header;
  if (header.origin !== (await originOf(client))) throw new NotTaken('other_store', { machine });
  const { rows } = await client.query<Author>(
    'SELECT machine, technician, public_key, revoked_at FROM sync.device WHERE id = $1',
    [device],
  );
  const [author] = rows;
  if (author?.public_key && signedBy(author.public_key, signed, signature)) return author;
  await note(desk, device, false, 'not signed by a laptop of this store');
  throw new NotTaken('unsigned', { machine });
}

function opened(bytes: Uint8Array): ReturnType<typeof readBundle> {
  try {
    return readBundle(codec, bytes);
  } catch (error) {
    throw error instanceof BundleError ? new NotTaken(error.fault, {}, error) : error;
  }
}

function asFound<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof WireError ? new NotTaken('empty', {}, error) : error;
  }
}

/** A key or signature that is none at all is a wrong one. */
function signedBy(key: Buffer, text: string, signature: string): boolean {
  try {
    return signs(key, text, signature);
  } catch {
    return false;
  }
}

const spkiOf = ({ cert }: Identity): Buffer =>
  new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });

const note = ({ client, now, by = CONSOLE }: Desk, device: string, success: boolean, detail: string): Promise<void> =>
  noteEvent(client, { now: now(), kind: 'bundle', device, address: by, success, detail });

interface Request {
  readonly hello: Hello;
  /** COMMIT frames. */
  readonly frames: readonly Frame[];
}

/**
 * How long the stick was on its way nobody knows: from no time at all, when the laptop's clock is wrong by all of the difference, to all of it,
 * when its clock is right. Its changes are dated in the middle, and uncertain by half.
 */
function dated(header: Pick<RequestHeader, 'made_at'>, message: Uint8Array, now: number): Request {
  const [first, ...frames] = framesOf(message);
  if (first?.type !== 'hello') throw new NotTaken('empty');
  const asked = parseJson(hello, first.text);
  const away = Math.max(0, now - header.made_at);
  const wall_ms = header.made_at > now ? header.made_at : Math.trunc(now - away / 2);
  const clock = { wall_ms, boot_id: randomUUID(), mono_ms: 0 };
  return { hello: { ...asked, clock, unc_ms: Math.ceil(away / 2) }, frames };
}

function framesOf(message: Uint8Array): Frame[] {
  const reader = new FrameReader(codec);
  const frames = reader.push(message);
  reader.finish();
  return frames;
}

interface Answered {
  readonly messages: readonly Uint8Array[];
  readonly outcome: { applied: number; held: number; rejected: number };
  readonly rows: number;
  readonly to: Cursor;
  readonly anew: string | null;
  readonly failure: HubError | null;
}

async function answerOf(
  desk: Desk,
  header: RequestHeader | JoinHeader,
  requests: readonly Request[],
): Promise<Answered> {
  const { client, cache, now } = desk;
  const { device, old_past: past } = header;
  const outcome = { applied: 0, held: 0, rejected: 0 };
  const messages: Uint8Array[] = [];
  const first = requests[0]?.hello;
  const told: Told = { cursor: first?.cursor ?? START, rows: 0, head: null };
  try {
    if (past) await rejoin(client, device, past);
    for (const { hello: asked, frames } of requests) {
      const body = encodeMessage(codec, [
        encodeFrame(codec, 'hello', JSON.stringify(asked)),
        ...frames.map(({ type, text }) => encodeFrame(codec, type, text)),
      ]);
      const answer = await syncRound(client, device, body, now, cache);
      if (answer) messages.push(continued(answer, told, outcome));
    }
    if (!first) return { messages, outcome, rows: 0, to: told.cursor, anew: null, failure: null };
    let anew: string | null = null;
    // Another part of the store than before is told from its beginning, as the laptop will ask for it.
    if (first.scope !== null && told.head && told.head.scope !== first.scope) {
      anew = told.head.scope;
      told.cursor = START;
    }
    while (told.head?.more) {
      const { incarnation, schema } = first;
      const parts: Uint8Array[] = [];
      for await (const part of pagesAfter(
        (work) => work(client),
        cache,
        told.cursor,
        { device, incarnation, schema },
        now(),
      ))
        parts.push(part);
      messages.push(continued(Buffer.concat(parts), told, outcome));
    }
    return { messages, outcome, rows: told.rows, to: told.cursor, anew, failure: null };
  } catch (error) {
    if (error instanceof WireError) throw new NotTaken('empty', {}, error);
    if (!(error instanceof Failure)) throw error;
    // What was taken before keeps its verdict at the store: the next file gets it again.
    const failure = { code: error.code, params: error.params };
    return { messages: [], outcome, rows: 0, to: first?.cursor ?? START, anew: null, failure };
  }
}

interface Told {
  cursor: Cursor;
  rows: number;
  head: Head | null;
}

/** An answer without the pages that an earlier one of the same file holds: each round is asked from where the laptop stood. */
function continued(message: Uint8Array, told: Told, outcome: Answered['outcome']): Uint8Array {
  const kept = framesOf(message).filter(({ type, text }) => {
    for (const verdict of type === 'result' ? splitTexts('result', text) : [])
      outcome[(JSON.parse(verdict) as { outcome: keyof Answered['outcome'] }).outcome] += 1;
    if (type === 'head') told.head = parseJson(head, text);
    if (type !== 'page') return true;
    const { from, to, rows } = parseJson(page, text);
    if (from.rv !== told.cursor.rv || from.ord !== told.cursor.ord) return false;
    told.cursor = to;
    told.rows += rows.length;
    return true;
  });
  // What an earlier round left out is asked for after the last.
  if (told.head) told.head = { ...told.head, more: told.cursor.rv < told.head.seq };
  return encodeMessage(
    codec,
    kept.map(({ type, text }) => encodeFrame(codec, type, text)),
  );
}
