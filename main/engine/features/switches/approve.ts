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

/** The credentials for an address: the one that was answered before, then the narrowest scope, then the safer version. */
export function credentialsFor(db: ReadDb, ip: string): StoredCredential[] {
  const before = db.value<string>(
    "SELECT credential_id FROM _device_reads WHERE ip = ? AND ending IN ('complete', 'partial') ORDER BY read_at DESC LIMIT 1",
    ip,
  );
  return listCredentials(db)
    .filter((each) => holds(each, ip))
    .toSorted(
      (a, b) =>
        Number(b.id === before) - Number(a.id === before) ||
        width(a) - width(b) ||
        Number(a.version === 'v2c') - Number(b.version === 'v2c'),
    )
    .slice(0, MOST_TRIES);
}
