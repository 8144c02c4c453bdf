/**
 * One device, asked one question at a time and never told anything: only GET, GETNEXT and GETBULK exist here (a test proves it).
 * Errors of the library are named and dropped, because some of their texts quote the community.
 */
import snmp from 'net-snmp';
import type { Credential } from './reading.ts';
import { mendDes } from './des.ts';
import { isRefusal, openSocket } from './socket.ts';

/**
 * `silent`: no reply, asked twice. `closed`: the host says nothing listens there. `credential`: a v3 report says user, key or level
 * is wrong. `nothing`: no such name, as version 1 tells the end. `refused`: another error status. `garbage`: what came is no answer to the question.
 */
export type Why = 'silent' | 'closed' | 'credential' | 'nothing' | 'refused' | 'garbage' | 'stopped';
export class NoAnswer extends Error {
  readonly why: Why;
  constructor(why: Why) {
    super(why);
    this.why = why;
  }
}

/** An OID and its value: a number, bytes, an OID or an address as text; null where the device has no such object. */
export interface Varbind {
  readonly oid: string;
  readonly value: number | Uint8Array | string | null;
  /** `endOfMibView`, `noSuchObject`, `noSuchInstance`. */
  readonly none: boolean;
}
export interface Session {
  get(oids: readonly string[]): Promise<Varbind[]>;
  /** The `repetitions` objects after each OID, a list for each; with 1 the plain GETNEXT that every agent knows. */
  next(oids: readonly string[], repetitions: number): Promise<Varbind[][]>;
  /** Ends the open question with `stopped`. */
  readonly stop: () => void;
}

/** Asked again once in the middle: together the 5 s that security.md X7 gives a request. */
const TRY_MS = 2500;
const RETRIES = 1;
const SNMP_PORT = 161;

const { AuthProtocols, ErrorStatus, ObjectType, PrivProtocols, ResponseInvalidCode, SecurityLevel } = snmp;

mendDes();

/** Which of the two ways stretches a short key to 256 bits (Blumenthal: net-snmp and most; Reeder: Cisco and others). */
export type Stretch = 'aes256b' | 'aes256r';
/** Only where the digest is shorter than the key do the two differ, so only there is a second try worth anything. */
export const stretches = (credential: Credential): readonly Stretch[] =>
  credential.version === 'v3' &&
  credential.priv?.protocol === 'aes256' &&
  (credential.auth?.protocol === 'md5' || credential.auth?.protocol === 'sha')
    ? ['aes256b', 'aes256r']
    : ['aes256b'];

function userOf(credential: Extract<Credential, { version: 'v3' }>, stretch: Stretch): snmp.User {
  const { user: name, auth, priv } = credential;
  if (!auth) return { name, level: SecurityLevel.noAuthNoPriv };
  const known = { name, authProtocol: AuthProtocols[auth.protocol], authKey: auth.key };
  if (!priv) return { ...known, level: SecurityLevel.authNoPriv };
  const privProtocol = PrivProtocols[priv.protocol === 'aes256' ? stretch : priv.protocol];
  return { ...known, level: SecurityLevel.authPriv, privProtocol, privKey: priv.key };
}

/** ResponseInvalidCode.ENotInTimeWindow of net-snmp 3.29, which its types do not know yet. */
const NOT_IN_TIME_WINDOW = 14;
const CREDENTIAL_CODES: ReadonlySet<number> = new Set([
  ResponseInvalidCode.EAuthFailure,
  ResponseInvalidCode.ECouldNotDecrypt,
  NOT_IN_TIME_WINDOW,
]);
const CREDENTIAL_STATUS: ReadonlySet<number> = new Set([ErrorStatus.AuthorizationError, ErrorStatus.NoAccess]);

function whyOf(error: unknown): Why {
  if (error instanceof NoAnswer) return error.why;
  if (error instanceof Error && error.name === 'RequestTimedOutError') return 'silent';
  if (error instanceof snmp.RequestFailedError) {
    const { status } = error as unknown as { status: number };
    if (status === ErrorStatus.NoSuchName) return 'nothing';
    return CREDENTIAL_STATUS.has(status) ? 'credential' : 'refused';
  }
  if (error instanceof snmp.ResponseInvalidError)
    return CREDENTIAL_CODES.has((error as unknown as { code: number }).code) ? 'credential' : 'garbage';
  // what the system says: a closed port, or no way there
  if ((error as NodeJS.ErrnoException).syscall !== undefined) return isRefusal(error) ? 'closed' : 'silent';
  return 'garbage';
}

const NONE: ReadonlySet<number> = new Set([
  ObjectType.NoSuchObject,
  ObjectType.NoSuchInstance,
  ObjectType.EndOfMibView,
]);
function plain({ oid, type, value }: snmp.Varbind): Varbind {
  const none = type !== undefined && NONE.has(type);
  if (none || value === undefined || value === null || typeof value === 'boolean' || typeof value === 'bigint')
    return { oid, value: null, none };
  return { oid, value, none };
}

export async function openSession(
  ip: string,
  port: number | undefined,
  credential: Credential,
  { stretch = 'aes256b', context = '' }: { stretch?: Stretch; context?: string } = {},
): Promise<Session & { close(): void }> {
  const end = (why: Why): void => session.cancelRequests(new NoAnswer(why));
  const socket = await openSocket(ip, port ?? SNMP_PORT, end).catch((error: unknown) => {
    throw new NoAnswer(whyOf(error));
  });
  const options = { port: port ?? SNMP_PORT, timeout: TRY_MS, retries: RETRIES, context, dgramModule: socket.module };
  const session =
    credential.version === 'v2c'
      ? snmp.createSession(ip, credential.community, { ...options, version: snmp.Version2c })
      : snmp.createV3Session(ip, userOf(credential, stretch), options);
  session.on('error', () => end('garbage'));

  let stopped = false;
  // an agent of v3 names itself to anybody; when it is silent after that, it could not read or would not trust the question
  let proved = credential.version === 'v2c';
  const reason = (error: Error | null): Why => {
    const why = error ? whyOf(error) : 'garbage';
    return why === 'silent' && !proved && socket.heard() ? 'credential' : why;
  };
  let drop: ((why: NoAnswer) => void) | undefined;
  const ask = async <T>(question: (done: (error: Error | null, value?: T) => void) => void): Promise<T> => {
    if (stopped) throw new NoAnswer('stopped');
    socket.fresh();
    return await new Promise<T>((resolve, reject) => {
      // the library knows a question only once it is sent: a stop in between must not wait for its time-out
      drop = reject;
      question((error, value) => {
        if (error || value === undefined) return reject(new NoAnswer(reason(error)));
        proved = true;
        resolve(value);
      });
    });
  };
  return {
    get: async (oids) => {
      const lines = await ask<snmp.Varbind[]>((done) => session.get([...oids], done));
      return lines.map(plain);
    },
    next: async (oids, repetitions) => {
      if (repetitions > 1) {
        const lists = await ask<(snmp.Varbind | snmp.Varbind[])[]>((done) =>
          session.getBulk([...oids], 0, repetitions, done),
        );
        return lists.map((list) => (Array.isArray(list) ? list : [list]).map(plain));
      }
      const lines = await ask<snmp.Varbind[]>((done) => session.getNext([...oids], done));
      return lines.map((line) => [plain(line)]);
    },
    stop() {
      stopped = true;
      end('stopped');
      drop?.(new NoAnswer('stopped'));
    },
    close: () => void session.close(),
  };
}
