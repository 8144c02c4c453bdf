/** The hub's command line as it was typed, or the one sentence that says what is wrong with it. */
import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';

export const USAGE = `npm run hub                    starts the central store; prints its address and an enrolment code
npm run hub -- code            prints one more enrolment code, also while the store runs
npm run hub -- devices         lists the laptops that joined
npm run hub -- revoke MACHINE  ends a laptop's access, for example L03 that was stolen

Options: --data DIR   folder of its own PostgreSQL (hub-data); code, devices and revoke need the
                      same one as the hub was started with
         --host HOST  address to listen on (127.0.0.1: this computer only; 0.0.0.0: every network)
         --port N     port to listen on (8470)
         --help       this text
With DATABASE_URL=postgres://… it uses that PostgreSQL instead.`;

interface Options {
  readonly command: 'serve' | 'help' | 'code' | 'devices' | 'revoke';
  /** Of `revoke`: the machine code. */
  readonly machine: string;
  readonly data: string;
  readonly host: string;
  readonly port: number;
}

/** Throws an error of one sentence for the operator. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const [command = 'serve', machine = '', ...more] = positionals;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number from 0 to 65535.');
  const options = { machine, data: values.data, host: values.host, port };
  if (values.help || command === 'help') return { ...options, command: 'help' };
  if (command !== 'serve' && command !== 'code' && command !== 'devices' && command !== 'revoke')
    throw new Error(`Unknown command "${command}". See: npm run hub -- --help`);
  if (command === 'revoke' && machine === '')
    throw new Error('Which laptop? For example: npm run hub -- revoke L03. The list: npm run hub -- devices');
  const surplus = command === 'revoke' ? more[0] : positionals[1];
  if (surplus !== undefined) throw new Error(`"${surplus}" is one word too many. See: npm run hub -- --help`);
  return { ...options, command };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string', default: 'hub-data' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8470' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // Node's own message explains in three sentences how to escape a dash: the first names the option.
    const [first = ''] = String((error as { message?: unknown }).message).split('. ');
    throw new Error(`${first.replace(/\.$/, '')}. See: npm run hub -- --help`, { cause: error });
  }
}

/** Whether only programs of this computer can reach an address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
