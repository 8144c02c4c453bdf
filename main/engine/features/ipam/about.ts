/** What the address register says of one address or card, living bindings first, then the latest past ones. */
import type { ReadDb } from '../../db.ts';

export interface BindingAbout {
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
  readonly outlet: string | null;
  readonly opened_on: string | null;
}
const MOST = 10;

export const bindingsAbout = (db: ReadDb, about: { readonly ip: string } | { readonly mac: string }): BindingAbout[] =>
  db.all<BindingAbout>(
    `SELECT id, ip, mac, state, person_id, location_id, asset_id, hostname, switch_name, switch_port, outlet, opened_on FROM bindings
     WHERE ${'ip' in about ? 'ip' : 'mac'} = ? AND deleted_at IS NULL ORDER BY (state = 'released'), opened_at DESC LIMIT ?`,
    'ip' in about ? about.ip : about.mac,
    MOST,
  );
