/** Tells by its first lines which scanner saved a file, and reads it or refuses it with the sentence that helps. */
import { SheetProblem } from '../sheets/types.ts';
import { readAngryCsv, readAngryText, readAngryXml } from './angry.ts';
import { readNmap } from './nmap.ts';
import type { Scan } from './types.ts';

/** A stylesheet and comments may stand before the root. */
const HEAD = 8192;

async function readAny(bytes: Buffer): Promise<Scan> {
  // only ASCII tells the kinds apart, whatever the encoding; its marks and the zeros of UTF-16 are in the way
  const head = bytes
    .subarray(0, HEAD)
    .toString('latin1')
    .replace(/\0/g, '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '')
    .trimStart();
  if (/^<[?!a-z]/i.test(head)) {
    if (/<!ENTITY/i.test(head)) throw new SheetProblem('scan_unsafe');
    if (/<nmaprun\b/.test(head)) return readNmap(bytes);
    if (/<scanning_report\b/.test(head)) return readAngryXml(bytes);
    throw new SheetProblem('scan_unknown');
  }
  // what nmap shows on the screen (-oN) or writes for grep (-oG)
  if (/^# Nmap \d|^Starting Nmap|^Nmap scan report/m.test(head)) throw new SheetProblem('scan_not_xml');
  if (/^IP\s{2,}\S/m.test(head)) return readAngryText(bytes);
  return readAngryCsv(bytes);
}

export async function readScanFile(bytes: Buffer): Promise<Scan> {
  if (bytes.length === 0) throw new SheetProblem('scan_empty');
  try {
    const scan = await readAny(bytes);
    if (scan.hosts.length === 0 && scan.runs.length === 0 && scan.dropped.length === 0)
      throw new SheetProblem('scan_empty');
    return scan;
  } catch (error) {
    if (!(error instanceof SheetProblem) || error.code.startsWith('scan_')) throw error;
    if (error.code === 'sheet_unsafe') throw new SheetProblem('scan_unsafe');
    if (error.code === 'sheet_broken') throw new SheetProblem('scan_broken');
    if (error.code === 'sheet_empty') throw new SheetProblem('scan_empty');
    throw new SheetProblem('scan_unknown');
  }
}
