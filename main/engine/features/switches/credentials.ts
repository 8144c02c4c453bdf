/** SNMP credentials of this laptop: sealed one value at a time, bound to where they may be sent, never given back to a window. */
import { newId } from '../../ids.ts';
import type { Credential, CredentialDraft } from '../../../../shared/features/switches.ts';
import { readScope } from '../../../../shared/features/discovery/scope.ts';
import { contains, parseIp, showCidr, type Cidr } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import { Secret } from '../../secrets/secret.ts';
import { vaultOf } from '../../secrets/vault.ts';
import type { Credential as Key } from '../../snmp/reading.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly version: Credential['version'];
  readonly user: string | null;
  readonly auth_protocol: Credential['auth_protocol'];
  readonly priv_protocol: Credential['priv_protocol'];
  readonly scope: string;
  readonly port: number | null;
  readonly made_at: number;
  readonly answered_at: number | null;
}
type SealedField = 'community' | 'auth_key' | 'priv_key';
type Sealed = Record<SealedField, Uint8Array | null>;
const SHOWN = 'id, name, version, user, auth_protocol, priv_protocol, scope, port, made_at, answered_at';

export type StoredCredential = Credential & { readonly cidrs: readonly Cidr[] };
const asCredential = (row: Row): StoredCredential => {
  const scope = JSON.parse(row.scope) as string[];
  const read = readScope(scope, true);
  return { ...row, scope, cidrs: read.ok ? read.cidrs : [] };
};

/** Names and scopes only; in the order they were made. */
export const listCredentials = (db: ReadDb): StoredCredential[] =>
  db.all<Row>(`SELECT ${SHOWN} FROM _snmp_credentials ORDER BY made_at, id`).map(asCredential);
export function credentialOf(db: ReadDb, id: string): StoredCredential {
  const row = db.get<Row>(`SELECT ${SHOWN} FROM _snmp_credentials WHERE id = ?`, id);
  if (!row) throw refuse('not_found');
  return asCredential(row);
}
/** The window's part of it. */
export const shownCredential = ({ cidrs: _cidrs, ...credential }: StoredCredential): Credential => credential;

export const holds = ({ cidrs }: StoredCredential, ip: string): boolean => {
  const address = parseIp(ip);
  return address !== null && cidrs.some((cidr) => contains(cidr, address));
};

/** What a sealed value belongs to. Whoever widens the scope in the file makes it unreadable instead of sending it elsewhere. */
const about = (row: Pick<Row, 'id' | 'version' | 'user' | 'scope' | 'port'>, field: SealedField): string =>
  JSON.stringify([field, row.id, row.version, row.user, row.scope, row.port]);

export async function addCredential(engine: Engine, draft: CredentialDraft): Promise<Credential> {
  const scope = readScope(draft.scope, true);
  if (!scope.ok) throw refuse(scope.problem, { written: scope.written, count: scope.count });
  if (draft.version === 'v3' && draft.priv && !draft.auth) throw refuse('snmp_priv_alone');
  const now = Math.trunc(engine.clock.now());
  const v3 = draft.version === 'v3' ? draft : null;
  const row = {
    id: newId(now),
    name: draft.name,
    version: draft.version,
    user: v3?.user ?? null,
    auth_protocol: v3?.auth?.protocol ?? null,
    priv_protocol: v3?.priv?.protocol ?? null,
    scope: JSON.stringify(scope.cidrs.map(showCidr)),
    port: draft.port,
  };
  const vault = vaultOf(engine);
  const sealed = async (field: SealedField, value: string | undefined): Promise<Uint8Array | null> =>
    value === undefined ? null : await vault.seal(new Secret(value), about(row, field));
  const community = await sealed('community', draft.version === 'v2c' ? draft.community : undefined);
  const authKey = await sealed('auth_key', v3?.auth?.key);
  const privKey = await sealed('priv_key', v3?.priv?.key);
  engine.db
    .prepare(
      `INSERT INTO _snmp_credentials (id, name, version, user, auth_protocol, priv_protocol, scope, port, community, auth_key, priv_key, made_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.id,
      row.name,
      row.version,
      row.user,
      row.auth_protocol,
      row.priv_protocol,
      row.scope,
      row.port,
      community,
      authKey,
      privKey,
      now,
    );
  engine.changed(['_snmp_credentials']);
  return shownCredential(credentialOf(engine.db, row.id));
}

export function removeCredential(engine: Engine, id: string): void {
  credentialOf(engine.db, id);
  engine.db.prepare('DELETE FROM _snmp_credentials WHERE id = ?').run(id);
  // a key in the login's keyring that seals nothing is in the way once that login is another
  if (engine.db.value("SELECT 1 FROM _vault WHERE holder = 'login' AND NOT EXISTS (SELECT 1 FROM _snmp_credentials)"))
    vaultOf(engine).forget();
  engine.changed(['_snmp_credentials', '_vault']);
}

/** All of them, with the key they were sealed with. Returns how many there were. */
export function forgetAll(engine: Engine): number {
  const { changes } = engine.db.prepare('DELETE FROM _snmp_credentials').run();
  vaultOf(engine).forget();
  engine.changed(['_snmp_credentials']);
  return changes;
}

/** The secrets themselves, for one order to the reader and nobody else. */
export async function openCredential(engine: Engine, id: string): Promise<Key> {
  const row = engine.db.get<Row & Sealed>('SELECT * FROM _snmp_credentials WHERE id = ?', id);
  if (!row) throw refuse('not_found');
  const open = async (field: SealedField): Promise<string> => {
    const blob = row[field];
    if (blob === null) throw refuse('vault_damaged');
    return (await vaultOf(engine).unseal(blob, about(row, field))).reveal();
  };
  if (row.version === 'v2c') return { version: 'v2c', community: await open('community') };
  return {
    version: 'v3',
    user: row.user ?? '',
    auth: row.auth_protocol === null ? null : { protocol: row.auth_protocol, key: await open('auth_key') },
    priv: row.priv_protocol === null ? null : { protocol: row.priv_protocol, key: await open('priv_key') },
  };
}

export const noteAnswer = (db: ReadDb, id: string, at: number): void =>
  void db.prepare('UPDATE _snmp_credentials SET answered_at = ? WHERE id = ?').run(at, id);
