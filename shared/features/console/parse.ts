/**
 * Reads what a technician copied from the console of a switch: several commands in one paste, of any of five makers. Nothing is guessed
 * silently: every line that was not understood is given back with its number. Pure, linear in the text, and data however hostile.
 */
import { screenLines } from './clean.ts';
import {
  dialectOf,
  families,
  foreignOf,
  listsOf,
  promptOf,
  saysNothing,
  type Family,
  type Foreigner,
} from './dialects.ts';
import { isLabel, labelOf, Neighbour, opened, readList, type ListOrder } from './neighbours.ts';
import {
  readArp,
  readFaces,
  readMac,
  vendors,
  wordsOf,
  type ConsoleTable,
  type Read,
  type Rows,
  type Vendor,
} from './rows.ts';

export interface Section<T extends ConsoleTable = ConsoleTable> {
  /** Null: nothing told the maker, and the lines were read all the same. */
  vendor: Vendor | null;
  readonly table: T;
  readonly host: string | null;
  /** Of the paste, from 1. */
  readonly line: number;
  readonly rows: Rows[T][];
}
export interface Unread {
  readonly line: number;
  readonly text: string;
}
export interface Parsed {
  readonly sections: readonly Section[];
  /** Names in prompts, in the order they came. */
  readonly hosts: readonly string[];
  readonly unread: readonly Unread[];
  /** What the unread lines look like, where nothing at all was read. */
  readonly foreign: Foreigner | null;
}
export interface Chosen {
  readonly vendor?: Vendor | undefined;
  readonly table?: ConsoleTable | undefined;
}

/** Rest of a row that the terminal wrapped: words that stand at the end of rows, and no more. */
const TAIL =
  /^(?:dynamic|static|learned|security|sticky|aging|noaged|arpa|[yn]|n\/a|copper|fiber|\d{1,10}|\d{1,4}\/-(?:\/-)?|-+|0\/-|\d+%|\d+d|[\d:]{5,11})$/i;

class Reader {
  readonly sections: Section[] = [];
  readonly hosts: string[] = [];
  readonly unread: Unread[] = [];
  #section: Section | null = null;
  #list: ListOrder | null = null;
  #family: Family | null = null;
  #expected: ConsoleTable | null;
  #host: string | null = null;
  #neighbour: Neighbour | null = null;
  #detail = false;
  /** A line that may be the first half of a wrapped one. */
  #half: Unread | null = null;
  readonly #chosen: Chosen;

  constructor(chosen: Chosen) {
    this.#chosen = chosen;
    this.#expected = chosen.table ?? null;
  }

  line(text: string, line: number): void {
    const bare = text.trim();
    if (bare === '') {
      if (this.#neighbour) this.#neighbour.describing = false;
      return;
    }
    const prompt = promptOf(bare);
    if (prompt) return this.#prompt(prompt);
    if (this.#head(bare, line)) return;
    if (this.#detailed(bare, line)) return;
    if (saysNothing(bare)) return this.#drop();
    if (this.#row(bare, line)) return;
    this.#drop();
    this.#half = { line, text: text.slice(0, 200) };
  }
  end(): void {
    this.#drop();
    this.#close();
  }

  #prompt({
    host,
    family,
    table,
    typed,
  }: {
    host: string;
    family: Family | null;
    table: ConsoleTable | null;
    typed: string;
  }): void {
    this.end();
    this.#host = host;
    if (!this.hosts.includes(host)) this.hosts.push(host);
    this.#section = null;
    this.#list = null;
    this.#detail = false;
    this.#family = family ?? this.#family;
    this.#expected = typed === '' ? (this.#chosen.table ?? null) : table;
  }
  #begin(vendor: Vendor | null, table: ConsoleTable, line: number): Section {
    const last = this.#section;
    if (last?.table === table && last.host === this.#host && (vendor === null || last.vendor === vendor)) return last;
    this.#section = { vendor: vendor ?? this.#chosen.vendor ?? null, table, host: this.#host, line, rows: [] };
    this.sections.push(this.#section);
    return this.#section;
  }
  #head(bare: string, line: number): boolean {
    const found = dialectOf(bare, this.#family);
    if (!found) return false;
    this.end();
    this.#detail = false;
    this.#list = found.list ?? null;
    this.#begin(found.vendor, found.table, line);
    return true;
  }

  /** Long lists of neighbours: labels with values. */
  #detailed(bare: string, line: number): boolean {
    const cdp = /^Device ID\s*:\s*(\S.{0,100})$/.exec(bare);
    const port = opened(bare);
    if (cdp || port !== null) {
      this.end();
      this.#begin(this.#vendorOfDetail(bare), 'neighbours', line);
      this.#detail = true;
      this.#neighbour = new Neighbour(port ?? '', cdp ? 'cdp' : 'lldp');
      if (cdp) this.#neighbour.set({ name: cdp[1]?.trim() ?? null });
      return true;
    }
    const now = this.#neighbour;
    if (!this.#detail || !now) return false;
    const joined = /^Interface:\s*(\S{1,60}),\s*Port ID[^:]{0,30}:\s*(\S.{0,60})$/i.exec(bare);
    const platform = /^Platform:\s*([^,]{0,80}),\s*Capabilities:\s*(.{0,80})$/i.exec(bare);
    if (joined) now.set({ port: joined[1] ?? '', remote: joined[2]?.trim() ?? null });
    else if (platform) {
      now.set({ system: platform[1]?.trim() ?? null });
      now.take({ field: 'capabilities', value: platform[2] ?? '' });
    } else {
      const label = labelOf(bare);
      if (label?.field === 'index' && now.row) {
        this.#close();
        this.#neighbour = new Neighbour(now.port);
      } else if (label) now.take(label);
      else if (now.describing) now.describe(bare);
      else return isLabel(bare);
    }
    return true;
  }
  #vendorOfDetail(bare: string): Vendor {
    if (/ has \d+ neighbou?r/i.test(bare)) return 'huawei';
    if (/^Local Port/i.test(bare)) return 'zte';
    if (!/neighbou?r-information/i.test(bare)) return 'cisco';
    return this.#family === 'show' || /of port\s*\[/i.test(bare) ? 'ruijie' : 'h3c';
  }
  #close(): void {
    const row = this.#neighbour?.row;
    if (row && this.#section?.table === 'neighbours') (this.#section.rows as Rows['neighbours'][]).push(row);
    this.#neighbour = null;
  }

  #row(bare: string, line: number): boolean {
    const table = this.#section?.table ?? this.#expected;
    if (table === null || this.#detail) return false;
    if (this.#take(table, bare, line)) {
      this.#drop();
      return true;
    }
    const half = this.#half;
    if (half && [`${half.text}${bare}`, `${half.text} ${bare}`].some((whole) => this.#take(table, whole, half.line))) {
      this.#half = null;
      return true;
    }
    const rows = this.#section?.rows ?? [];
    const words = bare.split(/\s+/, 5);
    if (rows.length === 0 || words.length > 4 || !words.every((word) => TAIL.test(word))) return false;
    if (table === 'arp') addVlan(rows as Rows['arp'][], words[0]);
    return true;
  }
  #take(table: ConsoleTable, text: string, line: number): boolean {
    const words = wordsOf(text);
    const { row, vendor } = this.#read(table, words);
    if (row === null) return false;
    if (row === 'said') return true;
    const section = this.#begin(this.#section?.table === table ? null : vendor, table, line);
    section.vendor ??= vendor;
    section.rows.push(row);
    return true;
  }
  #read(table: ConsoleTable, words: readonly string[]): { row: Read<Rows[ConsoleTable]>; vendor: Vendor | null } {
    const vendor =
      this.#section?.vendor ?? this.#chosen.vendor ?? (words.some((word) => /^x?gei[_-]\d/i.test(word)) ? 'zte' : null);
    if (table === 'arp') return { row: readArp(words), vendor };
    if (table === 'mac') return { row: readMac(words), vendor };
    if (table === 'neighbours') {
      const orders = this.#list ? [{ vendor, list: this.#list }] : listsOf(vendor, this.#family);
      for (const each of orders) {
        const row = each.list ? readList[each.list](words) : null;
        if (row !== null) return { row, vendor: each.vendor };
      }
      return { row: null, vendor };
    }
    const makers: readonly Vendor[] = vendor ? [vendor] : this.#family ? families[this.#family] : vendors;
    for (const each of makers) {
      const row = readFaces[each](words);
      if (row !== null) return { row, vendor: each };
    }
    return { row: null, vendor };
  }
  #drop(): void {
    if (this.#half) this.unread.push(this.#half);
    this.#half = null;
  }
}
/** Huawei before V200R019 writes the VLAN of an ARP entry in a line of its own. */
function addVlan(rows: Rows['arp'][], word: string | undefined): void {
  const last = rows.at(-1);
  const vlan = Number(/^(\d{1,4})(?:\/-)?$/.exec(word ?? '')?.[1] ?? 0);
  if (last && vlan >= 1 && vlan <= 4094) rows[rows.length - 1] = { ...last, vlan };
}

export function parseConsole(text: string, chosen: Chosen = {}): Parsed {
  const reader = new Reader(chosen);
  const lines = screenLines(text);
  for (const [index, line] of lines.entries()) reader.line(line, index + 1);
  reader.end();
  const sections = reader.sections.filter(({ rows }) => rows.length > 0);
  const foreign = sections.length > 0 ? null : (lines.map((line) => foreignOf(line.trim())).find(Boolean) ?? null);
  return { sections, hosts: reader.hosts, unread: reader.unread, foreign };
}
