/**
 * Which TCP ports to ask a host next: the fewest that can settle its kind. Every port is here for a reason:
 * printers 9100 (raw), 515 (LPD), 631 (IPP); cameras and recorders 554 (RTSP), 8000 (Hikvision), 37777 (Dahua), 34567 (Xiongmai);
 * Windows 445, 135, 3389; servers 22, 1433, 1521, 3306, 5432, 8080, domain controllers 88 and 389; network gear 22, 23, 53, 7547
 * (TR-069), 8291 (RouterOS); telephones 5060; NAS 5000, 5001, 548; screens 7000 (AirPlay), 8009 (Cast); attendance terminals 4370;
 * iPhones 62078; and 80, 443 for the page that a technician opens next.
 */
import { classify, leanings, type Clues } from './classify.ts';
import type { DeviceKind } from './identity.ts';

const telling: Readonly<Record<DeviceKind, readonly number[]>> = {
  printer: [9100, 631, 515],
  camera: [554, 37777, 34567, 8000],
  recorder: [554, 37777, 34567, 8000],
  ip_phone: [5060],
  nas: [5000, 445, 5001, 548],
  pc: [445, 135, 3389],
  server: [22, 445, 3389, 1433, 3306, 5432, 1521, 8080],
  switch: [23, 22],
  router: [53, 23, 7547, 22, 8291],
  access_point: [22, 23],
  firewall: [22],
  mobile: [62078],
  display: [7000, 8009],
  appliance: [4370],
};
const PAGE = [80, 443] as const;
/** For a host nothing is known of: what is most common first. */
const ANYBODY = [445, 22, 554, 9100, 3389, 135, 23, 53, 5060, 631, 62078, 8000, 8080] as const;
/** A Windows computer may still be a server. */
const DOUBTS_OF_PC = [3389, 1433, 3306, 88] as const;

/** At once per host, and altogether. */
const BATCH = 4;
const MOST = 16;
/** A host that has answered nothing so far (a firewall that drops) is given up after so many. */
const SILENT_MOST = 6;

export interface Asked {
  readonly port: number;
  /** Open or refused; false: silence. */
  readonly answered: boolean;
}

/** Empty: enough is known, or nothing more will be. */
export function nextPorts(clues: Clues, asked: readonly Asked[]): number[] {
  const done = new Set(asked.map(({ port }) => port));
  const silent = asked.length > 0 && asked.every(({ answered }) => !answered);
  const left = Math.min(BATCH, (silent ? SILENT_MOST : MOST) - asked.length);
  if (left <= 0) return [];
  const { kind } = classify(clues);
  const open = (port: number): boolean => clues.ports.includes(port);
  const page = open(80) ? [] : PAGE.slice(0, done.has(80) ? 2 : 1);
  const wanted = (): readonly number[] => {
    if (kind === 'pc') return [...page, ...(open(445) || open(135) ? DOUBTS_OF_PC : telling.pc)];
    if (kind !== null) return [telling[kind][0] ?? 80, ...page];
    const leaning = leanings(clues).flatMap((each) => telling[each.kind].slice(0, 3));
    // a phone that changes its MAC answers hardly anything: not worth a dozen questions
    if (clues.random && asked.length >= BATCH && clues.ports.length === 0) return [];
    return [...leaning.slice(0, 3), 80, ...leaning.slice(3), ...ANYBODY.slice(0, 4), 443, ...ANYBODY];
  };
  return [...new Set(wanted())].filter((port) => !done.has(port)).slice(0, left);
}
