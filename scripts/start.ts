/**
 * `npm start`: builds what is out of date and opens Lanbook, in Electron if its runtime is here or can be fetched, otherwise
 * in the browser, after one sentence that says why and what would help.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { defaultDataDir, fromUser } from '../main/data-dir.ts';
import { languageOf, systemLanguage, wordsIn, type Words } from '../main/words.ts';
import { languages, type Language } from '../shared/messages.ts';
import { refusalText } from '../shared/refusal-text.ts';
import { isRefusal } from '../shared/refusal.ts';
import { buildIfStale, root } from './build.ts';
import { fetchElectron, findElectron, SUGGESTED_MIRROR } from './electron-runtime.ts';

/** An exit sooner than this is a start that failed, not a user who closed the window. */
const STARTED_AFTER_MS = 8000;

interface Options {
  host: 'electron' | 'browser';
  open: boolean;
  port: number;
  dataDir: string;
  language: Language;
}

const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string', default: 'electron' },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      lang: { type: 'string' },
    },
  });
  const { host, port, lang } = values;
  if (host !== 'electron' && host !== 'browser') throw new Error(`--host ${host}`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`--port ${port}`);
  if (lang !== undefined && !languages.some((each) => each === lang)) throw new Error(`--lang ${lang}`);
  return {
    host,
    open: !values['no-open'],
    port: Number(port),
    dataDir: values.data === undefined ? defaultDataDir() : fromUser(values.data),
    language: lang === undefined ? systemLanguage() : languageOf(lang),
  };
};

/** True if Electron ran; false after a sentence, when the browser has to do. */
const openElectron = async (options: Options, words: Words): Promise<boolean> => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.log(words('start.no_screen'));
    return false;
  }
  const electron = join(root, 'node_modules', 'electron');
  if (!findElectron(electron)) {
    console.log(words('start.downloading'));
    await fetchElectron(electron);
  }
  const program = findElectron(electron);
  if (!program) {
    console.log(words('start.no_electron', { mirror: SUGGESTED_MIRROR }));
    return false;
  }
  const code = await runElectron(program, options);
  if (code === 0) return true;
  console.log(words('start.electron_failed', { code }));
  return false;
};

/** 0 also for a later crash: the window was there, so opening a browser beside it would help nobody. */
const runElectron = async (program: string, { dataDir, language }: Options): Promise<number> => {
  const began = performance.now();
  // Terminals inside other Electron programs set it, and Electron would be a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(program, [root, `--data=${dataDir}`, `--lang=${language}`], { stdio: 'inherit', env });
  const code = await new Promise<number>((done) =>
    child.on('close', (exit) => done(exit ?? 1)).on('error', () => done(1)),
  );
  return performance.now() - began > STARTED_AFTER_MS ? 0 : code;
};

const openBrowserHost = async (options: Options, words: Words): Promise<void> => {
  // Only now: the engine and its libraries take half a second to load, which Electron need not wait for.
  const { startBrowserHost } = await import('../main/browser.ts');
  const host = await startBrowserHost({
    dataDir: options.dataDir,
    language: options.language,
    port: options.port,
    onReplayed: () => console.log(words('browser.replayed')),
    onIdle: () => void quit(words('browser.idle')),
  });
  const ready = (): void => console.log(`Lanbook is ready: ${host.newLink()}`);
  const quit = async (sentence?: string): Promise<never> => {
    if (sentence) console.log(sentence);
    await host.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void quit());
  ready();
  if (process.stdin.isTTY) {
    console.log(words('browser.hint'));
    createInterface({ input: process.stdin }).on('line', ready);
  }
  if (options.open) await host.open();
};

const main = async (): Promise<void> => {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    return fail(wordsIn(systemLanguage())('start.bad_option', { problem: messageOf(error) }));
  }
  const words = wordsIn(options.language);
  try {
    await buildIfStale(() => console.log(words('start.building')));
  } catch (error) {
    return fail(`${messageOf(error)}\n${words('start.build_failed')}`);
  }
  try {
    if (options.host === 'electron' && (await openElectron(options, words))) return;
    await openBrowserHost(options, words);
  } catch (error) {
    if (isRefusal(error)) return fail(refusalText(words, error.code, error.params));
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      return fail(words('start.port_taken', { port: options.port }));
    throw error;
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(1);
};

await main();
