/** The address register as discovery compares it with what a sweep saw. */
import type { Register } from '../../../../shared/features/discovery/match.ts';
import { parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { allSubnets, cidrOf, rangesOf } from './plan.ts';

export interface HolderRow {
  readonly id: string;
  readonly ip: string;
  readonly mac: string | null;
  readonly state: string;
  readonly person_id: string;
  readonly location_id: string | null;
  readonly asset_id: string | null;
  readonly hostname: string | null;
  readonly switch_name: string | null;
  readonly switch_port: string | null;
}
/** What `Register` takes of the address register; its bindings also say whose they are. */
export interface AddressEvidence extends Pick<Register, 'dynamic' | 'gateways'> {
  readonly bindings: readonly HolderRow[];
}

/** Bindings that hold an address now, gateways, and every range where addresses come and go by themselves. */
export function addressEvidence(db: ReadDb): AddressEvidence {
  const bindings = db.all<HolderRow>(
    `SELECT id, ip, mac, state, person_id, location_id, asset_id, hostname, switch_name, switch_port FROM bindings
     WHERE state <> 'released' AND deleted_at IS NULL`,
  );
  const known = allSubnets(db);
  const dynamic = known.flatMap((subnet): [number, number][] => {
    if (subnet.purpose === 'wireless') return [[cidrOf(subnet).first, cidrOf(subnet).last]];
    return rangesOf(db, subnet.id)
      .filter((range) => range.kind === 'dhcp')
      .map((range) => [parseIp(range.first_ip) ?? 0, parseIp(range.last_ip) ?? 0]);
  });
  return { bindings, dynamic, gateways: known.flatMap((subnet) => subnet.gateway ?? []) };
}

/** Whether the register gave this address to somebody, or to a gateway. */
export const isRegisteredAddress = (db: ReadDb, ip: string): boolean =>
  db.value("SELECT 1 FROM bindings WHERE ip = ? AND state <> 'released' AND deleted_at IS NULL", ip) !== undefined ||
  db.value('SELECT 1 FROM subnets WHERE gateway = ? AND deleted_at IS NULL', ip) !== undefined;
