/**
 * An agent with a recorded walk in a process of its own: `node test/lab/snmp-agent.ts huawei-s5720 10.77.0.2 161 [10.77.0.3]`, where it
 * may answer from another address. Prints its port, and `asked` in the middle of a reading. Ends with its parent.
 */
import { readFileSync } from 'node:fs';
import { serveWalk } from '../support/snmp-agent.ts';
import { parseWalk, readWalk } from '../support/walk.ts';

const [name = '', host = '127.0.0.1', port = '0', from] = process.argv.slice(2);
const walk = name.includes('/') ? parseWalk(readFileSync(name, 'utf8')) : readWalk(name);
const agent = await serveWalk(walk, { host, port: Number(port), ...(from === undefined ? {} : { from }) });
process.stdout.write(`${agent.port}\n`);
const asked = setInterval(() => {
  if (agent.heard.length < 12) return;
  clearInterval(asked);
  process.stdout.write('asked\n');
}, 20);
process.stdin.resume().on('end', () => process.exit(0));
