/** The login's keyring, from the engine's question over the shell to Electron's fake: what is believed, and what is not. */
import { EventEmitter } from 'node:events';
import { shellKeyring } from '../../main/engine/secrets/keyring.ts';
import type { FromEngine, ParentPort } from '../../main/engine-wire.ts';
import { fakeElectron, settle, withElectron } from '../support/fake-electron.ts';

const KEY = Buffer.alloc(32, 9);
const onPlatform = async <T>(platform: string, work: () => Promise<T>): Promise<T> => {
  const before = Object.getOwnPropertyDescriptor(process, 'platform')!;
  Object.defineProperty(process, 'platform', { ...before, value: platform });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'platform', before);
  }
};
type Ask = (action: 'wrap' | 'unwrap', bytes: Uint8Array) => Promise<Uint8Array | null>;
const load = (options: Parameters<typeof fakeElectron>[0]): Ask =>
  withElectron(fakeElectron(options), () => (require('../../main/keyring.ts') as { askKeyring: Ask }).askKeyring);

test.each([
  ['linux', 'v10', false],
  ['linux', 'v11', true],
  ['linux', 'v12', true],
  ['win32', 'v10', true],
  ['darwin', 'v10', true],
])('on %s what begins with %s is believed: %s', async (platform, prefix, believed) => {
  const ask = load({ keyring: prefix });
  await onPlatform(platform, async () => {
    const wrapped = await ask('wrap', KEY);
    expect(wrapped !== null).toBe(believed);
    if (!wrapped) return;
    expect(Buffer.from(wrapped).includes(KEY.toString('base64'))).toBe(false);
    expect(Buffer.from((await ask('unwrap', wrapped))!).equals(KEY)).toBe(true);
  });
});

test('a blob that a fixed key wrapped is not opened either', async () => {
  const wrapped = await onPlatform('win32', () => load({ keyring: 'v10' })('wrap', KEY));
  await onPlatform('linux', async () => expect(await load({ keyring: 'v10' })('unwrap', wrapped!)).toBeNull());
});

test('no keyring, another login, nonsense: null and never an error', async () => {
  expect(await load({})('wrap', KEY)).toBeNull();
  expect(await load({ keyring: 'v11' })('unwrap', Buffer.from('v11 of somebody else'))).toBeNull();
  expect(await load({ keyring: 'v11' })('unwrap', Buffer.alloc(0))).toBeNull();
});

test('the engine gets each answer for its own question', async () => {
  const asked: Extract<FromEngine, { type: 'keyring' }>[] = [];
  const parent = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => void asked.push(message as (typeof asked)[number]),
  }) as unknown as ParentPort;
  const keyring = shellKeyring(parent);
  const answers = [keyring.wrap(KEY), keyring.unwrap(Buffer.from('w'))];
  await settle();
  expect(asked.map(({ action }) => action)).toStrictEqual(['wrap', 'unwrap']);
  keyring.answered(asked[1]!.id, KEY);
  keyring.answered(asked[0]!.id, null);
  keyring.answered(99, KEY);
  expect(await Promise.all(answers)).toStrictEqual([null, KEY]);
});
