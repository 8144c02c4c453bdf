/** A hub as a process of its own, to be killed: `node hub-process.ts DATABASE_URL PORT NOW`. Says when it is ready. */
import { startHub } from '../../hub/hub.ts';

const [databaseUrl = '', port = '0', now = '0'] = process.argv.slice(2);
await startHub({
  databaseUrl,
  host: '127.0.0.1',
  port: Number(port),
  now: () => Number(now),
  // Whoever asks the pool twice in a request waits for ever (sync.md L11).
  connections: 1,
  limits: { device: 1e9, address: 1e9, enrol: 1e9 },
});
console.log('ready');
