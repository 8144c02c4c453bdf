/** Helper processes, both ways: a real child of plain Node, and the handshake with the Electron shell. */
import { EventEmitter, once } from 'node:events';
import type { ParentPort } from '../../../main/engine-wire.ts';
import { parent } from '../../../main/engine/helpers/parent.ts';
import { electronHelpers, spawnHelper } from '../../../main/engine/spawn-helper.ts';

/** An Electron port as either side sees it; `arrives` is the other end writing. */
class FakePort extends EventEmitter {
  sent: unknown[] = [];
  started = false;
  closed = false;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  start(): void {
    this.started = true;
  }
  close(): void {
    this.closed = true;
  }
  arrives(data: unknown): void {
    this.emit('message', { data });
  }
}
class FakeParent extends EventEmitter {
  told: { type: string; id: number }[] = [];
  postMessage(message: unknown): void {
    this.told.push(message as { type: string; id: number });
  }
}

describe('in plain Node', () => {
  test('a helper answers, and its end is told once', async () => {
    const helper = spawnHelper('wire');
    const answer = new Promise((resolve) => helper.onMessage(resolve));
    // A question it refuses to pass on, so that nothing is sent to any network.
    helper.postMessage({ id: 5, tool: 'ping', ip: '-h', count: 1 });
    expect(await answer).toMatchObject({ id: 5, rtt_ms: null });
    const ends: (number | null)[] = [];
    const ended = new Promise<void>((resolve) =>
      helper.onExit((code) => {
        ends.push(code);
        resolve();
      }),
    );
    helper.kill();
    await ended;
    helper.postMessage('to nobody');
    helper.onExit((code) => ends.push(code));
    expect(ends).toStrictEqual([null, null]);
  });
});

describe('under the Electron shell', () => {
  const ask = () => {
    const shell = new FakeParent();
    const helpers = electronHelpers(shell);
    return { shell, helpers, helper: helpers.spawn('sheets') };
  };

  test('messages wait for the port, then pass both ways', () => {
    const { shell, helpers, helper } = ask();
    const heard: unknown[] = [];
    helper.onMessage((message) => heard.push(message));
    helper.postMessage('first');
    expect(shell.told).toStrictEqual([{ type: 'spawn-helper', id: 1, name: 'sheets' }]);
    const port = new FakePort();
    helpers.connected(1, port);
    helper.postMessage('second');
    port.arrives('answer');
    expect([port.sent, port.started, heard]).toStrictEqual([['first', 'second'], true, ['answer']]);
  });

  test('its end is told, its port closed, and later messages are dropped', () => {
    const { shell, helpers, helper } = ask();
    const port = new FakePort();
    helpers.connected(1, port);
    const ends: (number | null)[] = [];
    helper.onExit((code) => ends.push(code));
    helper.kill();
    expect(shell.told.at(-1)).toStrictEqual({ type: 'kill-helper', id: 1 });
    helpers.exited(1, 137);
    helper.postMessage('to nobody');
    helper.onExit((code) => ends.push(code));
    expect([ends, port.closed, port.sent]).toStrictEqual([[137, null], true, []]);
  });

  test('a port that comes for a helper long gone is closed', () => {
    const { helpers } = ask();
    helpers.exited(1, 1);
    const port = new FakePort();
    helpers.connected(1, port);
    expect(port.closed).toBe(true);
  });

  test('two helpers are not mistaken for one another', () => {
    const { helpers, helper } = ask();
    const other = helpers.spawn('wire');
    const [one, two] = [new FakePort(), new FakePort()];
    helpers.connected(2, two);
    helpers.connected(1, one);
    helper.postMessage('a');
    other.postMessage('b');
    expect([one.sent, two.sent]).toStrictEqual([['a'], ['b']]);
  });
});

describe('the helper itself under Electron', () => {
  const host = process as { parentPort?: ParentPort };
  afterEach(() => delete host.parentPort);

  test('starts its port only when somebody listens, and sends what it had to say before', async () => {
    const shell = new FakeParent();
    host.parentPort = shell as unknown as ParentPort;
    const home = parent();
    home.postMessage('hello');
    const port = new FakePort();
    shell.emit('message', { data: { type: 'engine' }, ports: [port] });
    expect([port.sent, port.started]).toStrictEqual([['hello'], false]);
    const heard: unknown[] = [];
    home.onMessage((message) => heard.push(message));
    expect(port.started).toBe(true);
    const arrived = once(port, 'message');
    port.arrives('work');
    await arrived;
    expect(heard).toStrictEqual(['work']);
  });
});
