/** The id this laptop has at hubs: written before it is first told, so that a lost answer can be asked for again. */
import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';

const DEVICE = 'sync.device';

export function deviceId(engine: Engine): string {
  const known = readSetting<string>(engine.db, DEVICE);
  if (known !== null) return known;
  const id = randomUUID();
  writeSetting(engine.db, DEVICE, id);
  return id;
}
