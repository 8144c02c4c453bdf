/**
 * Runs the packaged engine the way the shell does, with plain Node in Electron's place: `process.parentPort`, one window's
 * port, and helpers on request. Prints the notebook's state and the dry run of a small import as one line of JSON.
 * Arguments: the unpacked application, a data folder.
 */
const { EventEmitter } = require('node:events');
const { fork } = require('node:child_process');
const { join } = require('node:path');
const { MessageChannel } = require('node:worker_threads');
const { createORPCClient } = require('@orpc/client');
const { RPCLink } = require('@orpc/client/message-port');

const [application, dataDir] = process.argv.slice(2);
const engine = new EventEmitter();
const tell = (data, ...ports) => engine.emit('message', { data, ports });

const spawnHelper = ({ id, name }) => {
  const helper = fork(join(application, 'out/main', `${name}.cjs`), { serialization: 'advanced' });
  const { port1, port2 } = new MessageChannel();
  // The engine's end is an Electron port there: its listeners get the data inside an event.
  const port = {
    postMessage: (message) => port1.postMessage(message),
    on: (event, listener) => port1.on(event, event === 'message' ? (data) => listener({ data }) : listener),
    start: () => port1.start(),
    close: () => port1.close(),
  };
  port2.on('message', (message) => helper.send(message));
  helper.on('message', (message) => port2.postMessage(message));
  helper.on('exit', (code) => {
    port2.close();
    tell({ type: 'helper-exit', id, code: code ?? -1 });
  });
  helpers.set(id, helper);
  tell({ type: 'helper', id }, port);
};
const helpers = new Map();

const answers = {
  started: async () => {
    const { port1, port2 } = new MessageChannel();
    tell({ type: 'window' }, port1);
    const client = createORPCClient(new RPCLink({ port: port2 }));
    const state = await client.system.state();
    await client.system.setup({ unit: '第三中学', technician: '李明', machine: 'L03', language: 'zh-CN' });
    const data = Buffer.from('设备名称,IP地址\n交换机,10.0.0.2\n').toString('base64');
    let last;
    for await (const event of await client.transfer.preview({ name: '台账.csv', data })) last = event;
    process.stdout.write(JSON.stringify({ state, last, helpers: helpers.size }));
    port2.close();
    tell({ type: 'close' });
  },
  refused: (message) => {
    throw new Error(JSON.stringify(message));
  },
  'spawn-helper': spawnHelper,
  'kill-helper': ({ id }) => helpers.get(id)?.kill(),
  closed: () => process.exit(0),
};
engine.postMessage = (message) => setImmediate(() => void answers[message.type]?.(message));
process.parentPort = engine;
require(join(application, 'out/main/engine.cjs'));
tell({ type: 'start', dataDir });
