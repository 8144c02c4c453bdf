/**
 * Runs inside the lab's laptop: a notebook that watches the addresses given, until its input ends. One JSON line for every change of a
 * state or of the own network, and `{"stopped_ms":…}` at the end. `node watch-run.ts INTERVAL_S IP…`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf } from '../../main/engine/serve.ts';
import { startEngine } from '../../main/engine/start.ts';

const [interval, ...ips] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'lanbook-lab-'));
const engine = startEngine({ dataDir: dir });
const call = clientOf(engine);
await call.system.setup({ unit: '实验小学', technician: '张伟', machine: 'L03', language: 'zh-CN' });
for (const ip of ips) await call.watch.create({ ip, name: ip, kind: 'other', interval_s: Number(interval) });
const names = new Map((await call.watch.list()).devices.map(({ id, ip }) => [id, ip]));
await call.watch.start({});

let network = 'ready';
const halt = new AbortController();
process.stdin.on('end', () => halt.abort()).resume();
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
try {
  for await (const event of await call.watch.live(undefined, { signal: halt.signal }))
    if (event.kind === 'tick') {
      if (event.network !== network) say({ network: (network = event.network) });
      for (const { id, state } of event.changes) say({ ip: names.get(id), state });
    }
} catch (error) {
  if (!halt.signal.aborted) throw error;
}
const began = performance.now();
await call.watch.stop({});
say({ outages: await call.watch.outages({}), stopped_ms: performance.now() - began });
engine.close();
rmSync(dir, { recursive: true });
