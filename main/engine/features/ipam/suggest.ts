/** What a form fills in by itself, so that opening a user takes a name and a MAC. */
import { letterToday } from '../../../../shared/features/letters.ts';
import type { ReadDb } from '../../db.ts';
import { isRefusal } from '../../../../shared/refusal.ts';
import { refText } from '../../titles.ts';
import { signedFor } from '../applications/standing.ts';
import { nextIp } from './law.ts';
import { needSubnet } from './plan.ts';

export interface Known {
  readonly person_id?: string | null | undefined;
  readonly location_id?: string | null | undefined;
  readonly asset_id?: string | null | undefined;
  readonly subnet_id?: string | null | undefined;
}
export interface Suggestion {
  person_id: string | null;
  location_id: string | null;
  subnet_id: string | null;
  ip: string | null;
  asset_id: string | null;
  mac: string | null;
  hostname: string | null;
  letter: 'unsigned' | 'expired' | null;
  application_id: string | null;
  refs: Record<string, string>;
}

/** The place itself, then what it lies in, nearest first. */
const UP = `WITH RECURSIVE up(id, depth) AS (
  SELECT ?, 0 UNION ALL SELECT l.parent_id, up.depth + 1 FROM locations l JOIN up ON l.id = up.id WHERE l.parent_id IS NOT NULL AND up.depth < 12)`;
/** The subnet that was assigned to the place or to what it lies in. */
const ASSIGNED = `${UP} SELECT s.id FROM subnets s JOIN up ON up.id = s.location_id WHERE s.deleted_at IS NULL ORDER BY up.depth LIMIT 1`;
/** The subnet that most neighbours use: in the same room, else on the same floor, else in the same building. */
const NEIGHBOURS = `WITH RECURSIVE up(id, depth) AS (
    SELECT ?, 0 UNION ALL SELECT l.parent_id, up.depth + 1 FROM locations l JOIN up ON l.id = up.id WHERE l.parent_id IS NOT NULL AND up.depth < 2),
  near(id, depth) AS (
    SELECT id, depth FROM up UNION SELECT l.id, near.depth FROM locations l JOIN near ON l.parent_id = near.id WHERE l.deleted_at IS NULL)
  SELECT b.subnet_id FROM bindings b JOIN (SELECT id, min(depth) AS depth FROM near GROUP BY id) n ON n.id = b.location_id
  JOIN subnets s ON s.id = b.subnet_id AND s.deleted_at IS NULL
  WHERE b.deleted_at IS NULL AND b.state <> 'released' GROUP BY n.depth, b.subnet_id ORDER BY n.depth, count(*) DESC LIMIT 1`;

/** The subnet of a place: assigned to it or to what it lies in, else what most neighbours use. */
export const subnetForPlace = (db: ReadDb, place: string | null): string | null =>
  place === null ? null : (db.value<string>(ASSIGNED, place) ?? db.value<string>(NEIGHBOURS, place) ?? null);

/** Fills in what is not known: the person's one unbound PC, the room, the subnet of that room, its next address. */
export function suggest(db: ReadDb, known: Known, today: string): Suggestion {
  const assetId = known.asset_id ?? (known.person_id ? ownPc(db, known.person_id) : null);
  const asset = assetId
    ? db.get<{ mac: string | null; hostname: string | null; location_id: string | null; user_id: string | null }>(
        'SELECT mac, hostname, location_id, user_id FROM assets WHERE id = ? AND deleted_at IS NULL',
        assetId,
      )
    : undefined;
  const personId = known.person_id ?? (asset?.user_id ? stillHere(db, asset.user_id) : null);
  const person = personId
    ? db.get<{ location_id: string | null; letter: string; letter_until: string | null }>(
        'SELECT location_id, letter, letter_until FROM people WHERE id = ? AND deleted_at IS NULL',
        personId,
      )
    : undefined;
  // Whichever was named first says where it is.
  const places = known.person_id
    ? [person?.location_id, asset?.location_id]
    : [asset?.location_id, person?.location_id];
  const locationId = known.location_id ?? places[0] ?? places[1] ?? null;
  const onlySubnet = db.all<{ id: string }>('SELECT id FROM subnets WHERE deleted_at IS NULL LIMIT 2');
  const subnetId =
    known.subnet_id ?? subnetForPlace(db, locationId) ?? (onlySubnet.length === 1 ? (onlySubnet[0]?.id ?? null) : null);
  const letter = person ? letterToday(person, today) : 'signed';
  const application = person && personId ? signedFor(db, personId) : null;
  const refs: Record<string, string> = {};
  if (application) refs[application.id] = application.number;
  if (personId) refs[personId] = refText(db, 'people', personId);
  if (locationId) refs[locationId] = refText(db, 'locations', locationId);
  if (subnetId) refs[subnetId] = refText(db, 'subnets', subnetId);
  if (assetId) refs[assetId] = refText(db, 'assets', assetId);
  return {
    person_id: person ? personId : null,
    location_id: locationId,
    subnet_id: subnetId,
    ip: subnetId === null ? null : nextOrNull(db, subnetId, today, personId),
    asset_id: asset ? assetId : null,
    mac: asset?.mac ?? application?.mac ?? null,
    hostname: asset?.hostname ?? null,
    letter: letter === 'signed' ? null : letter,
    application_id: application?.id ?? null,
    refs,
  };
}

/** A person who may hold an address: one who left may not. */
const stillHere = (db: ReadDb, id: string): string | null =>
  db.value<string>("SELECT id FROM people WHERE id = ? AND status = 'active' AND deleted_at IS NULL", id) ?? null;

/** The only computer that this person uses and that no binding holds; null when there are several to choose from. */
function ownPc(db: ReadDb, personId: string): string | null {
  const found = db.all<{ id: string }>(
    `SELECT a.id FROM assets a WHERE a.user_id = ? AND a.deleted_at IS NULL AND a.category IN ('desktop', 'laptop') AND a.status = 'in_use'
     AND NOT EXISTS (SELECT 1 FROM bindings b WHERE b.asset_id = a.id AND b.state <> 'released' AND b.deleted_at IS NULL) LIMIT 2`,
    personId,
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

function nextOrNull(db: ReadDb, subnetId: string, today: string, personId: string | null): string | null {
  try {
    return nextIp(db, needSubnet(db, subnetId), today, undefined, personId).ip;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
