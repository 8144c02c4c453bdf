/** Everything known of one address or card, and where from. Nothing here is guessed: what no source told is null. */
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';
import type { HostPage } from '../../../../shared/features/discovery/history.ts';
import { isPrivate } from '../../../../shared/features/discovery/scope.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { isRandomMac } from '../../../../shared/mac.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath, refText, titleOf } from '../../titles.ts';
import { assetsAt } from '../assets.ts';
import { bindingsAbout } from '../ipam/about.ts';
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
  const ids = db.all<{ id: string }>(
    'SELECT id FROM _sweeps ORDER BY started_at DESC, id DESC LIMIT ?',
    LOOKED_THROUGH,
  );
  for (const { id } of ids) {
    const sweep = findSweep(db, id);
    if (!sweep) continue;
    const answered = hostsAt(db, id, ip).length > 0;
    if (answered || sweep.runs.some(([first, last]) => address >= first && address <= last)) return { sweep, answered };
  }
  return null;
}

export function hostPage(db: ReadDb, written: string, today: string): HostPage {
  const about = readAbout(written);
  const seen = newest(db, about);
  const bindings = bindingsAbout(db, about.ip === null ? { mac: about.mac } : { ip: about.ip });
  // behind a router only the router knows which card an address has
  const [told] = toldByArp(db, about, Number.MAX_SAFE_INTEGER, 1);
  const ip = about.ip ?? seen?.host.ip ?? told?.ip ?? bindings[0]?.ip ?? null;
  const mac = about.mac ?? seen?.host.mac ?? told?.mac ?? bindings.find((row) => row.state !== 'released')?.mac ?? null;
  // the register may know the card at another address, and the address under another card: both belong on the page
  const also = bindingsAbout(db, about.ip === null ? { ip: ip ?? '' } : { mac: mac ?? '' });
  const rows = [...new Map([...bindings, ...also].map((row) => [row.id, row])).values()];
  const assets = assetsAt(db, { ip: ip ?? '', mac: mac ?? '' });
  const asked = ip === null ? null : lastAsked(db, ip);
  const judgedIn = asked?.sweep ?? seen?.sweep ?? null;
  const address = ip === null ? null : parseIp(ip);
  const facts = judgedIn === null || ip === null ? [] : compare(db, judgedIn, today, true).findings;
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
    finding:
      facts.find((fact) => fact.ip === ip && (mac === null || fact.mac === mac || fact.macs.includes(mac))) ??
      facts.find((fact) => fact.ip === ip) ??
      null,
    ports: mac === null ? [] : whichPort(db, mac),
  };
}

function plannedSubnet(db: ReadDb, ip: string): HostPage['subnet'] {
  const subnet = subnetOf(db, ip);
  return subnet ? { id: subnet.id, name: subnet.name, cidr: subnet.cidr } : null;
}
