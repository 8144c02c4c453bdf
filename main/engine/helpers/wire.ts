/**
 * A process of its own for the two packages that can throw where nobody can catch: `ping` inside its child's close handler when a
 * translated line does not parse, `node-arp` on a missing program (unhandled 'error' event) and on empty output. If it dies, only
 * this process dies, and `wire/tools.ts` asks for another. Programs are found in fixed folders and speak English.
 */
import { access } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import nodeArp from 'node-arp';
import ping from 'ping';
import { readEchoes } from '../wire/echo.ts';
import type { ToolAnswer, ToolQuestion } from '../wire/tools.ts';
import { parent } from './parent.ts';

const PING_TIMEOUT_S = 1;
const nothing = { rtt_ms: null, loss_percent: 100, ttl: null, mac: null, missing: false };

const folders = process.platform === 'win32' ? [] : ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
if (folders.length > 0) process.env['PATH'] = folders.join(':');
process.env['LC_ALL'] = 'C';
process.env['LANGUAGE'] = 'C';

/** Whether a program is in one of the fixed folders. Windows and macOS bring both. */
async function present(program: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const tries = await Promise.allSettled(folders.map((folder) => access(`${folder}/${program}`)));
  return tries.some((result) => result.status === 'fulfilled');
}

async function askPing({ ip, count }: ToolQuestion): Promise<Omit<ToolAnswer, 'id'>> {
  if (!(await present('ping'))) return { ...nothing, missing: true };
  // a fresh object each time: the package writes into it
  const reply = await ping.promise.probe(ip, {
    timeout: PING_TIMEOUT_S,
    min_reply: count,
    numeric: process.platform === 'linux',
  });
  // its own verdict is not taken: on Windows it must guess from words
  return { ...nothing, ...readEchoes(reply.output ?? '', count) };
}

async function askArp({ ip }: ToolQuestion): Promise<Omit<ToolAnswer, 'id'>> {
  if (!(await present('arp')) || !(await present('ping'))) return { ...nothing, missing: true };
  return await new Promise((resolve) => {
    // on failure it hands over a sentence or `(incomplete)` in place of the MAC: the caller takes only what reads as one
    nodeArp.getMAC(ip, (failed, mac) => resolve({ ...nothing, mac: !failed && typeof mac === 'string' ? mac : null }));
  });
}

const home = parent();
home.onMessage((message) => {
  const question = message as ToolQuestion;
  const ask = question.tool === 'ping' ? askPing : askArp;
  // argument guard (security.md X5): four plain octets only, so no name, zone id or option can reach a program
  const answered = isIPv4(question.ip) ? ask(question).catch(() => nothing) : Promise.resolve(nothing);
  void answered.then((answer) => home.postMessage({ id: question.id, ...answer } satisfies ToolAnswer));
});
