import { existsSync } from 'node:fs';
import { spawnHelper, type HelperProcess } from '../../../../main/engine/spawn-helper.ts';
import { createTools, type Tools } from '../../../../main/engine/wire/tools.ts';
import { describeIf } from '../../../support/skip.ts';

let tools: Tools | undefined;
afterEach(() => tools?.close());

test.each(['-f', '--help', 'localhost', '127.0.0.1;reboot', 'fe80::1%-f', '1.2.3', '::1', ''])(
  '"%s" never reaches a program',
  async (ip) => {
    tools = createTools(spawnHelper);
    expect(await tools.ask('ping', ip, 1)).toMatchObject({ rtt_ms: null, missing: false });
    expect(await tools.ask('arp', ip, 1)).toMatchObject({ mac: null, missing: false });
  },
);

test('a helper that dies takes only its own questions along; the next question starts another', async () => {
  const helpers: HelperProcess[] = [];
  tools = createTools((name) => {
    const helper = spawnHelper(name);
    helpers.push(helper);
    return helper;
  });
  await tools.ask('ping', '-', 1);
  const lost = tools.ask('arp', '127.0.0.1', 1);
  helpers[0]?.kill();
  expect(await lost).toBeNull();
  expect(await tools.ask('ping', '-', 1)).not.toBeNull();
  expect(helpers).toHaveLength(2);
});

test('a stopped sweep does not wait for its questions', async () => {
  const silent = createTools(() => ({
    postMessage: () => undefined,
    onMessage: () => undefined,
    onExit: () => undefined,
    kill: () => undefined,
  }));
  const stop = new AbortController();
  const asked = Promise.all(Array.from({ length: 100 }, () => silent.ask('ping', '127.0.0.1', 1, stop.signal)));
  stop.abort();
  expect(new Set(await asked)).toEqual(new Set([null]));
});

const hasPing = ['/usr/bin/ping', '/bin/ping', '/sbin/ping'].some(existsSync) || process.platform === 'win32';
describeIf(hasPing, 'There is no ping program here (Debian: iputils-ping).')('the ping package', () => {
  test('measures the loopback, whatever language the system speaks', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' });
    try {
      tools = createTools(spawnHelper);
      const answer = await tools.ask('ping', '127.0.0.1', 2);
      expect(answer?.loss_percent).toBe(0);
      expect(answer?.rtt_ms).toBeLessThan(1000);
    } finally {
      process.env = before;
    }
  });
});
