/** The four known faults of node-arp (stack.md §8) as they reach the rest of the program: not at all. */
import type { HelperProcess } from '../../../../main/engine/spawn-helper.ts';
import { localWire } from '../../../../main/engine/wire/local.ts';
import type { ToolAnswer, ToolQuestion } from '../../../../main/engine/wire/tools.ts';
import type { Wire } from '../../../../main/engine/wire/wire.ts';

/** A helper in which the package hands over this, one answer per helper; `dies` where it throws in an event handler. */
function helpers(...answers: (string | undefined)[]): { wire: Wire; started: () => number } {
  let started = 0;
  const spawn = (): HelperProcess => {
    const given = answers[started++];
    let tell: (message: unknown) => void = () => undefined;
    let end: (code: number | null) => void = () => undefined;
    return {
      onMessage: (callback) => void (tell = callback),
      onExit: (callback) => void (end = callback),
      kill: () => undefined,
      postMessage: (message) => {
        const { id } = message as ToolQuestion;
        const rest = { rtt_ms: null, loss_percent: 100, ttl: null, missing: false };
        setImmediate(() =>
          given === 'dies' ? end(1) : tell({ id, ...rest, mac: given as string } satisfies ToolAnswer),
        );
      },
    };
  };
  const wire = localWire(spawn);
  open.push(wire);
  return { wire, started: () => started };
}
const open: Wire[] = [];
afterEach(() => open.splice(0).forEach((wire) => wire.close()));

test('a dead host on Linux comes as a success with "(incomplete)" for a MAC', async () =>
  expect(await helpers('(incomplete)').wire.arpLookup('10.20.30.9')).toBeNull());

test('no entry comes as a success with no MAC at all', async () => {
  expect(await helpers(undefined).wire.arpLookup('10.20.30.9')).toBeNull();
  expect(await helpers('--').wire.arpLookup('10.20.30.9')).toBeNull();
});

test('a missing program, or empty output on macOS, ends the process: the next question starts another', async () => {
  const { wire, started } = helpers('dies', '00:1b:21:00:00:05');
  expect(await wire.arpLookup('10.20.30.5')).toBeNull();
  expect(await wire.arpLookup('10.20.30.5')).toBe('001B21000005');
  expect(started()).toBe(2);
});

test('macOS writes single digits, and the package pads every other one: they are read as what they are', async () => {
  expect(await helpers('8:00:27:0a:1:2').wire.arpLookup('10.20.30.5')).toBe('0800270A0102');
  expect(await helpers('70:c7:f2:11:22:33').wire.arpLookup('10.20.30.5')).toBe('70C7F2112233');
});

test('what is no card of a host is no answer', async () => {
  for (const mac of ['ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:fb', '00:00:00:00:00:00', 'at', '0:1'])
    expect(await helpers(mac).wire.arpLookup('10.20.30.5')).toBeNull();
});
