/** Devices that answer with flipped bytes and torn datagrams: any reading may come of it, and the helper process lives on. */
import { createSocket, type RemoteInfo } from 'node:dgram';
import { readEnds } from '../../../../main/engine/snmp/reading.ts';
import { createSnmpReader } from '../../../../main/engine/snmp/reader.ts';
import { spawnHelper } from '../../../../main/engine/spawn-helper.ts';
import { serveWalk } from '../../../support/snmp-agent.ts';
import { readWalk } from '../../../support/walk.ts';

const READS = 240;
const AT_ONCE = 8;
/** Version, community and request id stand before it: a reply that lost those is not even looked at, and waited for in vain. */
const SPARED = 40;

/** The same numbers each time (numerical recipes). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
const chance = numbers(20261122);

function spoil(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  if (chance() < 0.3)
    for (let flips = 1 + chance() * 4; flips > 0; flips--) {
      const at = SPARED + Math.floor(chance() * (spoilt.length - SPARED));
      if (at < spoilt.length) spoilt[at] = Math.floor(chance() * 256);
    }
  return chance() < 0.05 ? spoilt.subarray(0, Math.floor(chance() * spoilt.length)) : spoilt;
}

test('noise of every kind ends as a reading', async () => {
  let deaths = 0;
  const reader = createSnmpReader((name) => {
    const helper = spawnHelper(name);
    helper.onExit(() => deaths++);
    return helper;
  });
  const names = ['huawei-s5720', 'h3c-s5130', 'core', 'zte-5950', 'cisco-2960', 'ruijie-rg-s2910'];
  const agents = await Promise.all(names.map(async (name) => await serveWalk(readWalk(name))));
  const ends = new Map<string, number>();
  const one = async (turn: number): Promise<void> => {
    const [front, back] = [createSocket('udp4'), createSocket('udp4')];
    let asker: RemoteInfo | undefined;
    front.on('message', (bytes, from) => {
      asker = from;
      back.send(bytes, agents[turn % agents.length]?.port ?? 0, '127.0.0.1');
    });
    back.on('message', (bytes) => asker && front.send(spoil(bytes), asker.port, asker.address));
    await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
    const credential = { version: 'v2c', community: 'walk-community' } as const;
    const { end } = await reader.read({ ip: '127.0.0.1', port: front.address().port, credential });
    ends.set(end, (ends.get(end) ?? 0) + 1);
    front.close();
    back.close();
  };
  let turn = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (turn < READS) await one(turn++);
    }),
  );
  expect(deaths).toBe(0);
  expect([...ends.keys()].filter((end) => !readEnds.some((known) => known === end))).toEqual([]);
  // it was noise indeed, and not all of it
  expect(ends.get('complete')).toBeGreaterThan(READS / 10);
  expect(ends.get('partial')).toBeGreaterThan(READS / 10);
  reader.close();
  agents.forEach((agent) => agent.close());
}, 120_000);
