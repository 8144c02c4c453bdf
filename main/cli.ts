/**
 * The command line over the same contract as the screens, for scripts, support and benchmarks.
 * One JSON text a line on standard output; a refusal is JSON there too, its sentence goes to standard error, and the exit code is 1.
 */
import { Command } from 'commander';
import { callProcedure } from './cli/call.ts';
import { listCalls } from './cli/calls.ts';
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
  .argument('[input]', 'JSON', '{}')
  .description('call one procedure; streams print one line per event')
  .action((procedure: string, input: string) =>
    withEngine(dir(), (client, signal) => callProcedure(client, procedure, input, signal)),
  );
program
  .command('calls')
  .description('list every procedure with the shape of its input')
  .action(() => listCalls());
await program.parseAsync();
