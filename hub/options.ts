/** The hub's command line as it was typed, or the one sentence that says what is wrong with it. */
import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';
import { roles, type Role } from '../shared/sync/roles.ts';

export const USAGE = `npm run hub                    starts the central store; prints its address and an enrolment code
npm run hub -- code            prints one more enrolment code, also while the store runs
npm run hub -- role MACHINE    changes what a laptop may do: --role lead --area 教学楼 (or --area all)
npm run hub -- devices         lists the laptops that joined
npm run hub -- revoke MACHINE  ends a laptop's access, for example L03 that was stolen
npm run hub -- quarantine      lists changes that nobody may apply by himself, for example of a laptop that was revoked
npm run hub -- quarantine accept WHICH   takes them in: WHICH is a number of that list, or a MACHINE for all of its
npm run hub -- quarantine discard WHICH  refuses them; they stay on record
npm run hub -- status          tells how far the store is, and what it was restored from
npm run hub -- backup FILE     writes the whole store into one file, also while it runs
npm run hub -- restore FILE    fills a new, empty store (--data) from such a file
npm run hub -- bundle FILE [ANSWER]   takes in what a laptop wrote on a USB stick, and writes the answer to carry back

Options: --data DIR   folder of its own PostgreSQL and of its key (hub-data); every command but
                      restore needs the same one as the hub was started with
         --host HOST  address to listen on (127.0.0.1: this computer only; 0.0.0.0: every network)
         --port N     port to listen on (8470)
         --grace DAYS how long a laptop may work without having reached the store (30); 0 = for ever
         --role ROLE  of a code or a laptop: technician, lead (of areas), admin, auditor (reads only).
                      Without it the first laptop is admin, the next ones are technicians
         --area PLACE of a code or a laptop: it gets and changes only what is there; several times for
                      several places, by name or by path (临江三中/综合楼); all = every place
         --help       this text
With DATABASE_URL=postgres://… it uses that PostgreSQL instead.`;

/** What each command is about, and how to say that it is missing. */
const OBJECTS = {
  serve: null,
  help: null,
  code: null,
  devices: null,
  status: null,
  quarantine: null,
  role: 'Which laptop? For example: npm run hub -- role L03 --role lead --area 教学楼. The list: npm run hub -- devices',
  revoke: 'Which laptop? For example: npm run hub -- revoke L03. The list: npm run hub -- devices',
  backup: 'Into which file? For example: npm run hub -- backup hub-2026-11-22.backup',
  restore: 'From which file? For example: npm run hub -- restore hub-2026-11-22.backup --data NEW-FOLDER',
  bundle: 'Which file? For example: npm run hub -- bundle /media/usb/L02-20261122-1.lanbook',
} as const;
export type Command = keyof typeof OBJECTS;

interface Options {
  readonly command: Command;
  /** Of `revoke` the machine code, of `backup` and `restore` the file, of `quarantine` nothing, or what to do with which: `accept L03`. */
  readonly object: string;
  /** Of `bundle` where the answer goes; null = beside it. */
  readonly into: string | null;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly graceDays: number;
  /** Null where none was named. */
  readonly role: Role | null;
  /** Places as they were typed; null where none was named, an empty list for all of them. */
  readonly areas: readonly string[] | null;
}

/** Throws an error of one sentence for the operator. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const [command = 'serve', object = '', ...more] = positionals;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number from 0 to 65535.');
  const graceDays = Number(values.grace);
  if (!Number.isInteger(graceDays) || graceDays < 0 || graceDays > 3650)
    throw new Error('--grace takes a number of days; 0 lets laptops work without the store for ever.');
  const options = {
    object,
    graceDays,
    into: command === 'bundle' ? (more[0] ?? null) : null,
    data: values.data,
    host: values.host,
    port,
    role: roleNamed(values.role),
    areas: areasNamed(values.area),
  };
  if (values.help || command === 'help') return { ...options, command: 'help' };
  if (!isCommand(command)) throw new Error(`Unknown command "${command}". See: npm run hub -- --help`);
  if (command !== 'code' && command !== 'role' && (options.role !== null || options.areas !== null))
    throw new Error('--role and --area go with the commands code and role. See: npm run hub -- --help');
  if (command === 'role' && options.role === null && options.areas === null)
    throw new Error('What shall it be? Name --role, --area or both. See: npm run hub -- --help');
  if (command === 'quarantine') return { ...options, command, object: quarantineOf(object, more) };
  const missing = OBJECTS[command];
  if (missing !== null && object === '') throw new Error(missing);
  const surplus = missing === null ? positionals[1] : command === 'bundle' ? more[1] : more[0];
  if (surplus !== undefined) throw new Error(`"${surplus}" is one word too many. See: npm run hub -- --help`);
  return { ...options, command };
}

function quarantineOf(verb: string, [which = '', ...more]: readonly string[]): string {
  if (verb === '') return '';
  if (verb !== 'accept' && verb !== 'discard')
    throw new Error(`quarantine knows accept and discard, not "${verb}". See: npm run hub -- --help`);
  if (which === '') throw new Error(`Which? A number of the list, or a laptop: npm run hub -- quarantine ${verb} L03`);
  if (more[0] !== undefined) throw new Error(`"${more[0]}" is one word too many. See: npm run hub -- --help`);
  return `${verb} ${which}`;
}

function roleNamed(word: string | undefined): Role | null {
  if (word === undefined) return null;
  const role = roles.find((each) => each === word);
  if (!role) throw new Error(`There is no role "${word}". Roles: ${roles.join(', ')}.`);
  return role;
}

function areasNamed(words: readonly string[] | undefined): readonly string[] | null {
  if (words === undefined) return null;
  if (words.some((word) => word.trim() === '')) throw new Error('--area takes the name of a place.');
  if (!words.includes('all')) return words;
  if (words.length > 1) throw new Error('--area all is every place: name no other with it.');
  return [];
}

const isCommand = (word: string): word is Command => Object.hasOwn(OBJECTS, word);

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string', default: 'hub-data' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8470' },
        grace: { type: 'string', default: '30' },
        role: { type: 'string' },
        area: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // Node's own message explains in three sentences how to escape a dash: the first names the option.
    const [first = ''] = String((error as { message?: unknown }).message).split(/\.\s/);
    throw new Error(`${first.replace(/\.$/, '')}. See: npm run hub -- --help`, { cause: error });
  }
}

/** Whether only programs of this computer can reach an address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
