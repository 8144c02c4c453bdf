/** Everything known of one address or card, and where from. Nothing here is guessed: what no source told is null. */
import type { DiscoveredHost, FoundFact } from '../../../../shared/features/discovery.ts';
import type { HostPage } from '../../../../shared/features/discovery/history.ts';
import { isPrivate } from '../../../../shared/features/discovery/scope.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { isRandomMac } from '../../../../shared/mac.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath, refText, titleOf } from '../../titles.ts';
import { assetsAt } from '../assets.ts';
import { bindingsAbout, type BindingAbout } from '../ipam/about.ts';
import { subnetOf } from '../ipam/plan.ts';
import { whichPort } from '../switches/evidence.ts';
import { toldByArp } from '../switches/sightings.ts';
import { liveTicketFinder } from '../tickets/live.ts';
import { compare } from './compare.ts';
import { findSweep, hostsAt, summaryOf, type StoredSweep } from './store.ts';
import { readAbout, spanOf, type About } from './timeline.ts';

/** Sweeps looked through for the last one that asked an address. */
const LOOKED_THROUGH = 50;

/** The newest sighting of what was asked for. */
function newest(db: ReadDb, about: About): { host: DiscoveredHost; sweep: StoredSweep; at: number } | null {
  const row = db.get<{ sweep_id: string; ip: string; mac: string; seen_at: number }>(
    `SELECT sweep_id, ip, mac, seen_at FROM _sightings WHERE ${about.ip === null ? 'mac' : 'ip'} = ? ORDER BY seen_at DESC LIMIT 1`,
    about.ip ?? about.mac,
  );
  const sweep = row ? findSweep(db, row.sweep_id) : null;
  const host = row && hostsAt(db, row.sweep_id, row.ip).find(({ mac }) => (mac ?? '') === row.mac);
  return row && sweep && host ? { host, sweep, at: row.seen_at } : null;
}

/** The last sweep that settled this address. */
function lastAsked(db: ReadDb, ip: string): { sweep: StoredSweep; answered: boolean } | null {
  const address = parseIp(ip) ?? -1;
  const rows = db.all<{ id: string; covered: string; answered: number }>(
    `SELECT id, covered, EXISTS (SELECT 1 FROM _sightings WHERE sweep_id = _sweeps.id AND ip = ?) AS answered
     FROM _sweeps ORDER BY started_at DESC, id DESC LIMIT ?`,
    ip,
    LOOKED_THROUGH,
  );
  const settled = rows.find(
    ({ answered, covered }) =>
      answered === 1 ||
      (JSON.parse(covered) as [number, number][]).some(([first, last]) => address >= first && address <= last),
  );
  const sweep = settled ? findSweep(db, settled.id) : null;
  return settled && sweep ? { sweep, answered: settled.answered === 1 } : null;
}

interface Known {
  readonly about: About;
  readonly seen: ReturnType<typeof newest>;
  readonly bindings: readonly BindingAbout[];
  readonly ip: string | null;
  readonly mac: string | null;
  readonly asked: ReturnType<typeof lastAsked>;
}
/** Which address and which card are meant: what was asked for, and what was last seen with it. */
function known(db: ReadDb, written: string): Known {
  const about = readAbout(written);
  const seen = newest(db, about);
  const bindings = bindingsAbout(db, about.ip === null ? { mac: about.mac } : { ip: about.ip });
  // behind a router only the router knows which card an address has
  const [told] = toldByArp(db, about, Number.MAX_SAFE_INTEGER, 1);
  const ip = about.ip ?? seen?.host.ip ?? told?.ip ?? bindings[0]?.ip ?? null;
  const mac = about.mac ?? seen?.host.mac ?? told?.mac ?? bindings.find((row) => row.state !== 'released')?.mac ?? null;
  return { about, seen, bindings, ip, mac, asked: ip === null ? null : lastAsked(db, ip) };
}

/** What its last sweep says against the register of today. */
export function findingOf(
  db: ReadDb,
  written: string,
  today: string,
): { sweep_id: string | null; finding: FoundFact | null } {
  const { ip, mac, asked, seen } = known(db, written);
  const sweep = asked?.sweep ?? seen?.sweep ?? null;
  if (sweep === null) return { sweep_id: null, finding: null };
  const here = compare(db, sweep, today, true).findings.filter((fact) => fact.ip === ip);
  const finding = here.find((fact) => mac === null || fact.mac === mac || fact.macs.includes(mac)) ?? here[0] ?? null;
  return { sweep_id: sweep.id, finding };
}

export function hostPage(db: ReadDb, written: string): HostPage {
  const { about, seen, bindings, ip, mac, asked } = known(db, written);
  // the register may know the card at another address, and the address under another card: both belong on the page
  const also = bindingsAbout(db, about.ip === null ? { ip: ip ?? '' } : { mac: mac ?? '' });
  const rows = [...new Map([...bindings, ...also].map((row) => [row.id, row])).values()];
  const assets = assetsAt(db, { ip: ip ?? '', mac: mac ?? '' });
  const address = ip === null ? null : parseIp(ip);
  return {
    ip,
    mac,
    random: mac !== null && isRandomMac(mac),
    now: seen && { host: seen.host, sweep: summaryOf(seen.sweep), at: seen.at },
    asked: asked && { sweep: summaryOf(asked.sweep), answered: asked.answered },
    ...spanOf(db, about),
    subnet: ip === null ? null : plannedSubnet(db, ip),
    askable: address !== null && isPrivate(address),
    bindings: rows.map((row) => ({
      ...row,
      person: { id: row.person_id, title: refText(db, 'people', row.person_id) },
      place: row.location_id === null ? null : locationPath(db, row.location_id),
      asset:
        row.asset_id === null ? null : { id: row.asset_id, title: titleOf(db, 'assets', row.asset_id)?.title ?? '' },
    })),
    assets: assets.map(({ id, location_id }) => ({
      id,
      title: titleOf(db, 'assets', id)?.title ?? '',
      place: location_id === null ? null : locationPath(db, location_id),
    })),
    ticket:
      ip === null
        ? null
        : liveTicketFinder(db)(ip, [...assets.map(({ id }) => id), ...rows.map(({ asset_id }) => asset_id)]),
    ports: mac === null ? [] : whichPort(db, mac),
  };
}

function plannedSubnet(db: ReadDb, ip: string): HostPage['subnet'] {
  const subnet = subnetOf(db, ip);
  return subnet ? { id: subnet.id, name: subnet.name, cidr: subnet.cidr } : null;
}
