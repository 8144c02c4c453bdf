/** Console paste: what a switch printed becomes a reading beside those of SNMP, and the register of ports as far as nobody contradicts. */
import type { ConsolePreview, PastedSwitch } from '../../../shared/features/console.ts';
import { MAX_TEXT } from '../../../shared/features/console/clean.ts';
import { parseConsole, type Parsed, type Section } from '../../../shared/features/console/parse.ts';
import type { ConsoleTable, Vendor } from '../../../shared/features/console/rows.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import { os } from '../rpc.ts';
import { titleOf } from '../titles.ts';
import { assetsAt } from './assets.ts';
import { switchCalled } from './cabling/resolve.ts';
import { planPorts, writePorts } from './console/ports.ts';
import { ownAddresses, readingOf, rowsOf } from './console/reading.ts';
import { saveReading } from './switches/store.ts';
import { takeBack } from './take-back.ts';

/** Lines that a screen shows of those that were not read. */
const SHOWN = 300;
interface Order {
  readonly text: string;
  readonly vendor?: Vendor | undefined;
  readonly table?: ConsoleTable | undefined;
  readonly assets: Readonly<Record<string, string>>;
}
const IN_TEN_THOUSANDS = 10_000;

function parsed({ text, vendor, table }: Order): Parsed {
  if (text.trim() === '') throw refuse('console_empty');
  if (text.length > MAX_TEXT)
    throw refuse('console_too_long', {
      size: Math.ceil(text.length / IN_TEN_THOUSANDS),
      most: MAX_TEXT / IN_TEN_THOUSANDS,
    });
  return parseConsole(text, { vendor, table });
}

interface Device {
  readonly host: string;
  readonly sections: readonly Section[];
  readonly asset: PastedSwitch['asset'];
  readonly ip: string | null;
}

/** Which switch on record this is: chosen, by its name, by the name it told SNMP, or by an address it says is its own. */
function assetOf(
  db: ReadDb,
  host: string,
  sections: readonly Section[],
  chosen: string | undefined,
): PastedSwitch['asset'] {
  const read =
    host === ''
      ? undefined
      : db.value<string>('SELECT ip FROM _device_reads WHERE name = ? ORDER BY read_at DESC LIMIT 1', host);
  const addresses = [...(read === undefined ? [] : [read]), ...ownAddresses(sections)];
  const id =
    chosen ??
    switchCalled(db, host === '' ? null : host) ??
    addresses.flatMap((ip) => assetsAt(db, { ip, mac: '' })).map((asset) => asset.id)[0];
  const title = id === undefined ? null : titleOf(db, 'assets', id);
  if (id === undefined || !title) return null;
  return { id, title: title.title, ip: db.value<string | null>('SELECT ip FROM assets WHERE id = ?', id) ?? null };
}
function devicesIn(db: ReadDb, { sections }: Parsed, chosen: Order['assets']): Device[] {
  return [...Map.groupBy(sections, ({ host }) => host ?? '')].map(([host, own]) => {
    const asset = assetOf(db, host, own, Object.hasOwn(chosen, host) ? chosen[host] : undefined);
    return { host, sections: own, asset, ip: asset === null ? null : (asset.ip ?? ownAddresses(own)[0] ?? null) };
  });
}

function preview(db: ReadDb, order: Order): ConsolePreview {
  const result = parsed(order);
  return {
    sections: result.sections.map(({ vendor, table, host, line, rows }) => ({
      vendor,
      table,
      host,
      line,
      rows: rows.length,
    })),
    switches: devicesIn(db, result, order.assets).map(({ host, sections, asset, ip }) => ({
      host,
      vendor: sections.find(({ vendor }) => vendor !== null)?.vendor ?? null,
      asset,
      ip,
      tables: {
        arp: rowsOf(sections, 'arp').length,
        mac: rowsOf(sections, 'mac').length,
        interfaces: rowsOf(sections, 'interfaces').length,
        neighbours: rowsOf(sections, 'neighbours').length,
      },
      ports: planPorts(db, asset?.id ?? null, sections),
    })),
    unread: result.unread.slice(0, SHOWN),
    unread_count: result.unread.length,
    foreign: result.foreign,
  };
}

export const consoleRouter = os.console.router({
  read: os.console.read.handler(({ input, context: { engine } }) => preview(engine.db, input)),
  take: os.console.take.handler(({ input, context: { engine } }) => {
    const devices = devicesIn(engine.db, parsed(input), input.assets).filter(({ asset }) => asset !== null);
    if (devices.length === 0) throw refuse('console_nothing');
    const accept = new Set(input.accept);
    const { result, batch } = engine.commit('console.take', (tx) => {
      const done = devices.map(({ asset, sections }) =>
        asset === null
          ? { created: 0, changed: 0, proposed: 0 }
          : writePorts(tx, asset.id, planPorts(tx, asset.id, sections), accept),
      );
      const sum = (part: 'created' | 'changed' | 'proposed'): number => done.reduce((all, each) => all + each[part], 0);
      return { created: sum('created'), changed: sum('changed'), proposed: sum('proposed') };
    });
    const at = Math.trunc(engine.clock.now());
    const reads = devices.flatMap(({ host, sections, ip }) =>
      ip === null ? [] : [saveReading(engine.db, at, null, readingOf(sections, ip, host || null))],
    );
    engine.changed(['_device_reads']);
    return { ...result, reads, batch: result.created + result.changed > 0 ? batch : null };
  }),
  takeBack: os.console.takeBack.handler(({ input: { batch, reads }, context: { engine } }) => {
    const result =
      batch === null ? { undone: 0, kept: 0 } : engine.command('console.takeBack', (tx) => takeBack(tx, batch));
    const gone = engine.db
      .prepare("DELETE FROM _device_reads WHERE source = 'console' AND id IN (SELECT value FROM json_each(?))")
      .run(JSON.stringify(reads)).changes;
    engine.changed(['_device_reads']);
    return { undone: result.undone + gone, kept: result.kept };
  }),
});
