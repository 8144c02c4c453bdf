/**
 * The key by which the store knows this laptop: Ed25519, made when joining and kept over joining again. Sealed by the login's keyring where there
 * is one; else it lies in the notebook, readable for whoever may read the notebook: a passphrase cannot be asked for at every sync.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { refuse } from '../../../shared/refusal.ts';
import { commitSignText, joinText, KEY_NAME, type KeyClaim } from '../../../shared/sync/keys.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { databaseFile } from '../open.ts';
import { readSetting, writeSetting } from '../settings.ts';

/** Where it is kept; what leaves this laptop goes without it (backup.ts). */
export const DEVICE_KEY = 'sync.key';
/** What stands before the 32 bytes of either half in the usual DER form (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

interface Kept {
  readonly holder: 'login' | 'notebook';
  /** Base64: the private half, wrapped by the keyring or as it is. */
  readonly seed: string;
}
export interface DeviceKey {
  readonly public: string;
  sign(text: string): string;
  signCommit(sha256: string): string;
  claim(device: string): KeyClaim;
}

function keyOf(seed: Uint8Array): DeviceKey {
  const key: KeyObject = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  const name = createHash('sha256').update(raw).digest('base64url').slice(0, KEY_NAME);
  const own = raw.toString('base64url');
  const signed = (text: string): string => sign(null, Buffer.from(text), key).toString('base64url');
  return {
    public: own,
    sign: signed,
    signCommit: (sha256) => `${name}.${signed(commitSignText(sha256))}`,
    claim: (device) => ({ public: own, proof: signed(joinText(device, own)) }),
  };
}

/** By what is kept: after a restore the file may hold another. */
const open = new WeakMap<Engine, { readonly seed: string; readonly key: DeviceKey }>();

/** Null while there is none. Refuses with `key_locked` when the login that holds it does not open it. */
export async function deviceKey(engine: Engine): Promise<DeviceKey | null> {
  const kept = readSetting<Kept>(engine.db, DEVICE_KEY);
  if (!kept) return null;
  const known = open.get(engine);
  if (known?.seed === kept.seed) return known.key;
  const bytes = Buffer.from(kept.seed, 'base64');
  const seed = kept.holder === 'login' ? await engine.ports.keyring?.unwrap(bytes) : bytes;
  if (!seed) throw refuse('key_locked');
  const key = keyOf(seed);
  open.set(engine, { seed: kept.seed, key });
  return key;
}

/** The key, made if there is none that can be opened; commits that wait are then signed anew. */
export async function makeDeviceKey(engine: Engine): Promise<DeviceKey> {
  const known = await deviceKey(engine).catch(() => null);
  if (known) return known;
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length);
  const wrapped = await engine.ports.keyring?.wrap(seed);
  const kept: Kept = wrapped
    ? { holder: 'login', seed: Buffer.from(wrapped).toString('base64') }
    : { holder: 'notebook', seed: seed.toString('base64') };
  if (!wrapped) closeToOthers(engine.dir);
  writeSetting(engine.db, DEVICE_KEY, kept);
  engine.db.prepare("UPDATE _commits SET signature = NULL WHERE state = 'pending' AND state <> 'applied'").run();
  const key = keyOf(seed);
  open.set(engine, { seed: kept.seed, key });
  return key;
}

/** The folder is closed to other logins already; on systems that know it, so are now the files. SQLite gives its log the same rights. */
function closeToOthers(dir: string): void {
  for (const end of ['', '-wal', '-shm'])
    try {
      chmodSync(`${databaseFile(dir)}${end}`, 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
}

/** As many as are signed in some 40 ms. */
const AT_ONCE = 1000;

/** Signs what waits and is not signed. Nothing to do for a laptop that has no key yet. */
export async function signPending(engine: Engine): Promise<void> {
  const key = await deviceKey(engine);
  if (key) signWhere(engine.db, key, "state = 'pending' AND state <> 'applied'");
}
/** Before own commits of long ago are offered to a store that lost them. */
export async function signOwn(engine: Engine): Promise<void> {
  const key = await deviceKey(engine);
  if (key) signWhere(engine.db, key, 'incarnation = ?', engine.incarnation);
}

function signWhere(db: ReadDb, key: DeviceKey, where: string, ...params: string[]): void {
  const find = db.prepare(
    `SELECT ord, sha256 FROM _commits WHERE ${where} AND signature IS NULL ORDER BY ord LIMIT ${AT_ONCE}`,
  );
  const put = db.prepare('UPDATE _commits SET signature = ? WHERE ord = ?');
  for (;;) {
    const rows = find.all(...params) as { ord: number; sha256: string }[];
    if (rows.length === 0) return;
    db.raw.transaction(() => rows.forEach(({ ord, sha256 }) => put.run(key.signCommit(sha256), ord))).immediate();
  }
}
