/** The line in Electron: the window takes the port its preload posts, and takes it up again when the engine was restarted. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { servePort } from '../../main/engine/serve.ts';
import { PORT_MESSAGE } from '../../shared/host.ts';
import { testEngine, type TestEngine } from '../support/engine.ts';

type Post = (message: { source: unknown; ports: unknown[]; data: unknown }) => void;
let post: Post;
let engine: TestEngine;
let rpc: typeof import('../../renderer/rpc.ts');

beforeAll(async () => {
  engine = await testEngine();
  Object.assign(globalThis, {
    window: globalThis,
    location: { protocol: 'app:', hash: '' },
    document: { documentElement: { lang: 'zh-CN' } },
    addEventListener: (kind: string, listener: Post) => {
      if (kind === 'message') post = listener;
    },
  });
  rpc = await import('../../renderer/rpc.ts');
  rpc.connect();
});
const ports: MessagePort[] = [];
afterAll(() => {
  // An open port would keep the process alive after a failed test.
  for (const port of ports) port.close();
  engine.close();
});

/** As preload and engine do it; gives the engine's end. */
const handOver = (source: unknown = globalThis, type = PORT_MESSAGE): MessagePort => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port2);
  servePort(engine.engine, port2);
  post({ source, ports: [port1], data: { type } });
  return port2;
};
const until = async (state: string): Promise<void> => {
  for (let tries = 0; rpc.useLine.getState().is !== state; tries += 1) {
    if (tries > 200) throw new Error(`the line is ${rpc.useLine.getState().is}, not ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

test('a message from elsewhere, or of another kind, is no port', () => {
  handOver({}).close();
  handOver(globalThis, 'other').close();
  expect(rpc.useLine.getState()).toEqual({ is: 'connecting' });
});

test('calls made before the port came are answered once it is there', async () => {
  const early = rpc.client.system.state();
  const port = handOver();
  await until('ready');
  expect((await early).setup?.machine).toBe('L03');
  port.close();
  await until('gone');
});

test('after a restart of the engine a new port takes over, and waiting calls go through', async () => {
  const waiting = rpc.client.assets.list({});
  const port = handOver();
  expect((await waiting).total).toBe(0);
  expect(rpc.useLine.getState()).toEqual({ is: 'ready' });
  port.close();
});

test('a refusal crosses with its code and what it is about', async () => {
  const port = handOver();
  const { refusalOf } = await import('../../renderer/ui/refusal.ts');
  await rpc.client.assets.create({ name: '甲', tag: 'T1', category: 'desktop', status: 'in_use' });
  const error: unknown = await rpc.client.assets
    .create({ name: '乙', tag: 'T1', category: 'desktop', status: 'in_use' })
    .catch((e: unknown) => e);
  expect(refusalOf(error)).toEqual({ code: 'tag_in_use', params: { tag: 'T1', holder: '甲' } });
  port.close();
});
