/** The table of card makers: which one is in use, a newer one from the IEEE's files, and back. Local to this laptop. */
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registries, type VendorState } from '../../../../shared/features/discovery/vendors.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { flush } from '../../backup/snapshot.ts';
import type { Engine } from '../../engine.ts';
import { assetFile } from '../../place.ts';
import { os } from '../../rpc.ts';
import {
  countMakers,
  countTable,
  FILE_MOST_BYTES,
  readVendorFile,
  registryOf,
  writeVendorTable,
  type Makers,
} from '../../wire/vendor-file.ts';
import { stagingOf } from '../transfer/staging.ts';
import { networkOf, vendorFileOf } from './run.ts';

/** Registries only grow: one with clearly fewer entries than the shipped one is a broken download. */
const SHARE_LEAST = 0.9;

const SHIPPED = assetFile('oui/oui.tsv');
const tableAt = (path: string): Makers => readVendorFile(readFileSync(path)) ?? new Map();
const countsAt = (path: string): VendorState['prefixes'] => countTable(readFileSync(path));

function stateOf(engine: Engine): VendorState {
  const shipped = countsAt(SHIPPED);
  const file = vendorFileOf(engine);
  if (!existsSync(file)) return { source: 'built_in', updated_at: null, prefixes: shipped, built_in: shipped };
  return {
    source: 'file',
    updated_at: Math.round(statSync(file).mtimeMs),
    prefixes: countsAt(file),
    built_in: shipped,
  };
}

/** A file that is not what it should be is refused by its name. */
function readUpload(engine: Engine, upload: string): Makers {
  const staging = stagingOf(engine);
  const { name } = staging.get(upload);
  const bytes = Buffer.from(staging.bytes(upload));
  if (bytes.length > FILE_MOST_BYTES) throw refuse('oui_too_big', { name, max: FILE_MOST_BYTES / 1024 / 1024 });
  const makers = readVendorFile(bytes);
  if (!makers) throw refuse('oui_unreadable', { name });
  const [found, shipped] = [countMakers(makers.keys()), countsAt(SHIPPED)];
  for (const registry of registries)
    if (found[registry] > 0 && found[registry] < shipped[registry] * SHARE_LEAST)
      throw refuse('oui_short', { name, found: found[registry], expected: shipped[registry] });
  return makers;
}

/** Whole or not at all: a power cut leaves the old table. */
function store(engine: Engine, makers: Makers): void {
  const file = vendorFileOf(engine);
  const part = `${file}.part`;
  try {
    writeFileSync(part, writeVendorTable(makers));
    const now = engine.clock.now() / 1000;
    utimesSync(part, now, now);
    flush(part);
    renameSync(part, file);
    flush(join(file, '..'));
  } finally {
    rmSync(part, { force: true });
  }
}

function update(engine: Engine, uploads: readonly string[]): VendorState {
  const brought = uploads.map((upload) => readUpload(engine, upload));
  const file = vendorFileOf(engine);
  const renewed = new Set(brought.flatMap((makers) => [...makers.keys()].map(registryOf)));
  const kept = [...tableAt(existsSync(file) ? file : SHIPPED)].filter(([prefix]) => !renewed.has(registryOf(prefix)));
  store(engine, new Map([...kept, ...brought.flatMap((makers) => [...makers])]));
  networkOf(engine).wire.useVendors(file);
  for (const upload of uploads) stagingOf(engine).drop(upload);
  return stateOf(engine);
}

export const vendorsRouter = os.discovery.vendors.router({
  state: os.discovery.vendors.state.handler(({ context: { engine } }) => stateOf(engine)),
  update: os.discovery.vendors.update.handler(({ input, context: { engine } }) => update(engine, input.uploads)),
  reset: os.discovery.vendors.reset.handler(({ context: { engine } }) => {
    rmSync(vendorFileOf(engine), { force: true });
    networkOf(engine).wire.useVendors(null);
    return stateOf(engine);
  }),
});
