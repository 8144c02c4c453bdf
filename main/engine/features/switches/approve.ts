/**
 * Whom a credential may be sent to (security.md X7): only an address inside its scope that the register knows, or that itself proved
 * to be there within a day. A sweep with a community would hand it to every host that pretends to be a switch.
 */
import { isPrivate } from '../../../../shared/features/discovery/scope.ts';
import { parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { assetsAt } from '../assets.ts';
import { answeredSince } from '../discovery/answered.ts';
import { isRegisteredAddress } from '../ipam/evidence.ts';
import { holds, listCredentials, type StoredCredential } from './credentials.ts';

export const SEEN_WITHIN_MS = 24 * 3_600_000;
/** More would be guessing. */
const MOST_TRIES = 3;

/** `now`: UTC ms. */
export function isApproved(db: ReadDb, ip: string, now: number): boolean {
  const address = parseIp(ip);
  if (address === null || !isPrivate(address)) return false;
  return (
    assetsAt(db, { ip, mac: '' }).length > 0 ||
    isRegisteredAddress(db, ip) ||
    answeredSince(db, ip, now - SEEN_WITHIN_MS)
  );
}

const width = ({ cidrs }: StoredCredential): number =>
  cidrs.reduce((sum, { first, last }) => sum + last - first + 1, 0);

/** The credentials for an address: v3 that came since it last answered, what it answered to, other v3, then v2c; the narrower scope first. */
export function credentialsFor(db: ReadDb, ip: string): StoredCredential[] {
  const before = db.get<{ credential_id: string; read_at: number }>(
    "SELECT credential_id, read_at FROM _device_reads WHERE ip = ? AND ending IN ('complete', 'partial') ORDER BY read_at DESC LIMIT 1",
    ip,
  );
  const rank = ({ id, version, made_at }: StoredCredential): number => {
    if (version === 'v3' && made_at > (before?.read_at ?? 0)) return 0;
    return id === before?.credential_id ? 1 : version === 'v3' ? 2 : 3;
  };
  return listCredentials(db)
    .filter((each) => holds(each, ip))
    .toSorted((a, b) => rank(a) - rank(b) || width(a) - width(b))
    .slice(0, MOST_TRIES);
}
