/** Watched devices: the commands on them, and which ones to propose. */
import { MOST_WATCHED, watchedDevices, type CheckTarget, type WatchKind } from '../../../../shared/features/watch.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { isPrivate } from '../../../../shared/features/discovery/scope.ts';
import { parseIp, type Cidr } from '../../../../shared/ip.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { decode } from '../../codec.ts';
import { iterateRecords } from '../../list.ts';
import { refText } from '../../titles.ts';
import { allSubnets, cidrOf } from '../ipam/plan.ts';

export type Device = RowOf<typeof watchedDevices>;
type Draft = DraftOf<typeof watchedDevices>;

/** By address. Two laptops may together have made more than one watches: the first 64 count. */
export const allDevices = (db: ReadDb): Device[] =>
  db
    .all('SELECT * FROM watched_devices WHERE deleted_at IS NULL ORDER BY ip_order(ip), id LIMIT ?', MOST_WATCHED)
    .map((raw) => decode(watchedDevices, raw));

/** The same rule as for sweeps: what is not a private address belongs to somebody else. */
export const mayBeAsked = (ip: string): boolean => {
  const address = parseIp(ip);
  return address !== null && isPrivate(address);
};
/** Also for what an undo brings back. */
export function checkWatched(tx: WriteDb, ip: string, self: string | null): void {
  if (!mayBeAsked(ip)) throw refuse('watch_public', { ip });
  const address = parseIp(ip);
  const isEdge = ({ prefix, first, last }: Cidr): boolean => prefix <= 30 && (address === first || address === last);
  // everybody there would hear the question (security.md X6)
  if (allSubnets(tx).map(cidrOf).some(isEdge)) throw refuse('scope_edges', { written: ip });
  const held = tx.get<{ name: string }>(
    'SELECT name FROM watched_devices WHERE ip = ? AND deleted_at IS NULL AND id IS NOT ?',
    ip,
    self,
  );
  if (held) throw refuse('watch_ip_taken', { ip, name: held.name });
}

export function addDevice(tx: WriteDb, draft: Draft): Device {
  const count = tx.value<number>('SELECT count(*) FROM watched_devices WHERE deleted_at IS NULL') ?? 0;
  if (count >= MOST_WATCHED) throw refuse('watch_full', { max: MOST_WATCHED });
  // A draft that is wrong in itself is refused for that, in the door.
  if (typeof draft.ip === 'string' && parseIp(draft.ip) !== null) checkWatched(tx, draft.ip, null);
  return tx.insert(watchedDevices, draft);
}
export function changeDevice(tx: WriteDb, id: string, changes: PatchOf<typeof watchedDevices>): Device {
  if (changes.ip !== undefined) checkWatched(tx, changes.ip, id);
  return tx.patch(watchedDevices, id, changes);
}

const kindOf: Readonly<Record<string, WatchKind>> = {
  switch: 'core',
  router: 'core',
  firewall: 'core',
  controller: 'core',
  server: 'server',
  storage: 'server',
};

interface Suggestion {
  readonly device: Draft;
  readonly why: 'gateway' | 'asset';
  readonly note: string;
}
/** Gateways first. An asset that is a gateway is proposed once, as the gateway, with the asset's name and place. */
export function suggestDevices(db: ReadDb, t: Translate): Suggestion[] {
  const taken = new Set(allDevices(db).map(({ ip }) => ip));
  const equipment = [
    ...iterateRecords(db, assets, {
      filter: [
        { field: 'category', op: 'in', value: Object.keys(kindOf) },
        { field: 'status', op: 'in', value: ['in_use', 'lent'] },
        { field: 'ip', op: 'not_empty' },
      ],
      sort: [{ field: 'ip', dir: 'asc' }],
    }),
  ];
  const found: Suggestion[] = [];
  const propose = (suggestion: Suggestion): void => {
    if (taken.has(suggestion.device.ip) || !mayBeAsked(suggestion.device.ip)) return;
    taken.add(suggestion.device.ip);
    found.push(suggestion);
  };
  for (const { gateway, name, cidr, location_id } of allSubnets(db)) {
    if (gateway === null) continue;
    const asset = equipment.find(({ ip }) => ip === gateway);
    propose({
      device: {
        ip: gateway,
        name: asset?.name ?? t('watch.gateway_of', { name }),
        kind: 'gateway',
        asset_id: asset?.id ?? null,
        location_id: asset?.location_id ?? location_id,
      },
      why: 'gateway',
      note: `${name} ${cidr}`,
    });
  }
  for (const { ip, id, name, category, location_id } of equipment)
    propose({
      device: { ip: ip ?? '', name, kind: kindOf[category] ?? 'other', asset_id: id, location_id },
      why: 'asset',
      note: location_id === null ? '' : refText(db, 'locations', location_id),
    });
  return found;
}

/** What the morning check asks, each address once: every watched device, and the gateway of every subnet that is not one of them. */
export function checkTargets(db: ReadDb, t: Translate): CheckTarget[] {
  const known = new Set<string>();
  // two laptops may have made one address two devices
  const isFirst = (ip: string): boolean => mayBeAsked(ip) && !known.has(ip) && known.add(ip).has(ip);
  const devices = allDevices(db)
    .filter(({ ip }) => isFirst(ip))
    .map(({ id, ip, name, kind, asset_id, location_id }): CheckTarget => {
      return { ip, name, kind, device_id: id, asset_id, location_id };
    });
  const gateways = allSubnets(db).flatMap(({ gateway, name, location_id }): CheckTarget[] =>
    gateway !== null && isFirst(gateway)
      ? [
          {
            ip: gateway,
            name: t('watch.gateway_of', { name }),
            kind: 'gateway',
            device_id: null,
            asset_id: null,
            location_id,
          },
        ]
      : [],
  );
  return [...devices, ...gateways];
}
