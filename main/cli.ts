/**
 * The command line over the same contract as the screens, for scripts, support and benchmarks.
 * One JSON text a line on standard output; a refusal is JSON there too, its sentence goes to standard error, and the exit code is 1.
 */
import { Command } from 'commander';
import { callProcedure } from './cli/call.ts';
import { listCalls } from './cli/calls.ts';
import { readAnswer, writeBundle } from './cli/bundle.ts';
import { exportForm, importFile, syncNow, sweepSubnet } from './cli/jobs.ts';
import { withEngine } from './cli/session.ts';
import { defaultDataDir, fromUser } from './data-dir.ts';

const program = new Command('lanbook')
  .description('Lanbook (网管手账) on the command line')
  .option('--data <dir>', 'data folder', defaultDataDir())
  .showHelpAfterError();
const dir = (): string => fromUser(program.opts<{ data: string }>().data);

program
  .command('call')
  .argument('<procedure>', 'such as assets.list')
  .argument('[input]', 'JSON; - reads it from standard input, where no other user can see it', '{}')
  .description('call one procedure; streams print one line per event')
  .action((procedure: string, input: string) =>
    withEngine(dir(), (client, signal) => callProcedure(client, procedure, input, signal)),
  );
program
  .command('calls')
  .description('list every procedure with the shape of its input')
  .action(() => listCalls());
program
  .command('import')
  .argument('<file>', '.xlsx or .csv asset sheet')
  .option('--dry-run', 'only say what would happen')
  .option('--create', 'make the places and people that the register does not know; without it such rows are errors')
  .description('import an asset sheet: dry run, then commit as one undoable batch')
  .action((file: string, options: { dryRun?: boolean; create?: boolean }) =>
    withEngine(dir(), (client, signal) => importFile(client, fromUser(file), options, signal)),
  );
program
  .command('export')
  .argument('<form>', 'F-03 asset sheet or F-01 user register')
  .argument('<file>', '.xlsx to write')
  .description('export a form with changes in red since the last submitted copy')
  .action((form: string, file: string) =>
    withEngine(dir(), (client, signal) => exportForm(client, form, fromUser(file), signal)),
  );
program
  .command('sweep')
  .argument('<cidr>', 'own private subnet, such as 192.168.1.0/24')
  .option('--confirmed', 'yes to more than 4,096 addresses')
  .description('sweep a subnet and compare it with the register')
  .action((cidr: string, options: { confirmed?: boolean }) =>
    withEngine(dir(), (client, signal) => sweepSubnet(client, cidr, options.confirmed ?? false, signal)),
  );
program
  .command('sync')
  .option('--no-photos', 'leave the bytes of attachments for later')
  .description('one round with the central store, then the attachments that wait')
  .action(({ photos }: { photos: boolean }) =>
    withEngine(dir(), (client, signal, engine) => syncNow(client, signal, photos ? engine : null)),
  );
program
  .command('bundle')
  .argument('[folder]', 'where to write it, such as the USB stick', '.')
  .description('write everything unsent into a signed file for the central store, without a network')
  .action((folder: string) => withEngine(dir(), (client, signal) => writeBundle(client, fromUser(folder), signal)));
program
  .command('answer')
  .argument('<file>', 'the file the central store gave back for this laptop')
  .description("read the store's answer to a carried file")
  .action((file: string) => withEngine(dir(), (client, signal) => readAnswer(client, fromUser(file), signal)));

await program.parseAsync();
