/**
 * The one key that seals what Lanbook may know and nobody may read. It lies in the notebook only wrapped: by the login's keyring where
 * the shell has one that can be trusted, else by a passphrase that is asked once per session. Nobody can open it without.
 */
import { randomBytes } from 'node:crypto';
import { refuse } from '../../../shared/refusal.ts';
import type { Engine } from '../engine.ts';
import { Secret } from './secret.ts';
import { KEY_BYTES, seal, stretch, unseal } from './seal.ts';

interface VaultRow {
  readonly holder: 'login' | 'passphrase';
  readonly salt: Uint8Array | null;
  readonly wrapped: Uint8Array;
}
export interface VaultState {
  readonly state: 'none' | 'locked' | 'open';
  readonly holder: 'login' | 'passphrase' | null;
  /** Nothing goes on before a passphrase is chosen (none) or given (locked). */
  readonly asks: boolean;
}

const WRAPPED_ABOUT = 'lanbook vault key';
const SALT_BYTES = 16;

export class Vault {
  readonly #engine: Engine;
  /** The key in use, and the wrapping it came out of: after a restore the file has another. */
  #open: { readonly key: Buffer; readonly wrapped: string } | null = null;
  #keyringWorks: Promise<boolean> | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.onClose(() => this.lock());
  }

  #row(): VaultRow | null {
    return this.#engine.db.get<VaultRow>('SELECT holder, salt, wrapped FROM _vault') ?? null;
  }
  #isOpen(row: VaultRow): boolean {
    return this.#open !== null && this.#open.wrapped === Buffer.from(row.wrapped).toString('base64');
  }
  #put(row: VaultRow, key: Buffer): void {
    this.lock();
    this.#open = { key, wrapped: Buffer.from(row.wrapped).toString('base64') };
  }
  #keep(row: VaultRow, key: Buffer): void {
    const { db, clock } = this.#engine;
    db.prepare('INSERT INTO _vault (id, holder, salt, wrapped, made_at) VALUES (1, ?, ?, ?, ?)').run(
      row.holder,
      row.salt,
      row.wrapped,
      Math.trunc(clock.now()),
    );
    this.#put(row, key);
  }
  /** Tried, not asked: on some systems the keyring says yes to everything and protects nothing. */
  #keyring(): Promise<boolean> {
    const { keyring } = this.#engine.ports;
    this.#keyringWorks ??= keyring
      ? keyring.wrap(randomBytes(KEY_BYTES)).then((wrapped) => wrapped !== null)
      : Promise.resolve(false);
    return this.#keyringWorks;
  }

  async state(): Promise<VaultState> {
    const row = this.#row();
    if (!row) return { state: 'none', holder: null, asks: !(await this.#keyring()) };
    const state = this.#isOpen(row) ? 'open' : 'locked';
    return { state, holder: row.holder, asks: state === 'locked' && row.holder === 'passphrase' };
  }

  /** For a notebook without a vault, where no keyring can hold the key. */
  async make(passphrase: Secret): Promise<void> {
    if (this.#row()) throw refuse('vault_exists');
    const key = randomBytes(KEY_BYTES);
    const salt = randomBytes(SALT_BYTES);
    const wrapped = seal(await stretch(passphrase.reveal(), salt), key, WRAPPED_ABOUT);
    // another window chose one meanwhile
    if (this.#row()) throw refuse('vault_exists');
    this.#keep({ holder: 'passphrase', salt, wrapped }, key);
  }

  async unlock(passphrase: Secret): Promise<void> {
    const row = this.#row();
    if (!row) throw refuse('vault_none');
    if (row.holder !== 'passphrase' || !row.salt) return;
    const key = unseal(await stretch(passphrase.reveal(), row.salt), row.wrapped, WRAPPED_ABOUT);
    if (!key) throw refuse('vault_wrong_passphrase');
    this.#put(row, key);
  }

  lock(): void {
    this.#open?.key.fill(0);
    this.#open = null;
  }
  /** The key is gone for good, and with it everything it sealed. */
  forget(): void {
    this.lock();
    this.#engine.db.prepare('DELETE FROM _vault').run();
  }

  /** The key, opened by the login's keyring where that holds it, made there at first need. Refuses when a passphrase is wanted. */
  async #key(): Promise<Buffer> {
    const row = this.#row();
    if (row && this.#isOpen(row) && this.#open) return this.#open.key;
    const { keyring } = this.#engine.ports;
    if (!row) {
      const key = randomBytes(KEY_BYTES);
      const wrapped = await keyring?.wrap(key);
      if (!wrapped) throw refuse('vault_needs_passphrase');
      // another window asked for the same meanwhile
      if (this.#row()) return await this.#key();
      this.#keep({ holder: 'login', salt: null, wrapped }, key);
      return key;
    }
    if (row.holder === 'passphrase') throw refuse('vault_locked');
    const key = await keyring?.unwrap(row.wrapped);
    if (key?.length !== KEY_BYTES) throw refuse('vault_lost');
    this.#put(row, Buffer.from(key));
    return Buffer.from(key);
  }

  /** Opens the vault if that needs nobody's answer. Refuses otherwise. */
  async ready(): Promise<void> {
    await this.#key();
  }
  async seal(value: Secret, about: string): Promise<Buffer> {
    return seal(await this.#key(), Buffer.from(value.reveal()), about);
  }
  /** Refuses with `vault_damaged` what was not sealed with this key for just this. */
  async unseal(blob: Uint8Array, about: string): Promise<Secret> {
    const plain = unseal(await this.#key(), blob, about);
    if (!plain) throw refuse('vault_damaged');
    const secret = new Secret(plain.toString());
    plain.fill(0);
    return secret;
  }
}

const vaults = new WeakMap<Engine, Vault>();
/** The engine's vault, one for all windows. */
export function vaultOf(engine: Engine): Vault {
  const known = vaults.get(engine);
  if (known) return known;
  const vault = new Vault(engine);
  vaults.set(engine, vault);
  return vault;
}
