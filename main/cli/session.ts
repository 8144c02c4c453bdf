/** One command's session: opens the data folder, runs the work, words a refusal, sets the exit code. */
import { isRefusal, refusalData, type RefusalParams } from '../../shared/refusal.ts';
import { refusalText } from '../../shared/refusal-text.ts';
import { translator } from '../../shared/translate.ts';
import type { Engine } from '../engine/engine.ts';
import { clientOf, type EngineClient } from '../engine/serve.ts';
import { startEngine } from '../engine/start.ts';

/** Prints one JSON text on its own line. */
export const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value ?? null)}\n`);

/** Runs `work` on the engine of a data folder. Ctrl+C stops streams and lets the engine close in order. */
export async function withEngine(
  dir: string,
  work: (client: EngineClient, signal: AbortSignal, engine: Engine) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const onStop = (): void => stop.abort();
  process.once('SIGINT', onStop).once('SIGTERM', onStop);
  let engine: Engine | null = null;
  try {
    engine = startEngine({ dataDir: dir });
    await work(clientOf(engine), stop.signal, engine);
  } catch (error) {
    if (!stop.signal.aborted) tell(error, engine);
  } finally {
    process.off('SIGINT', onStop).off('SIGTERM', onStop);
    engine?.close();
  }
}

function tell(error: unknown, engine: Engine | null): void {
  process.exitCode = 1;
  const refused = refusalOf(error);
  if (!refused) {
    print({ error: { code: 'bug', message: error instanceof Error ? error.message : String(error) } });
    console.error(error);
    return;
  }
  const language = engine?.setup?.language ?? (/^zh/i.test(process.env['LANG'] ?? '') ? 'zh-CN' : 'en-US');
  const message = refusalText(translator(language), refused.code, refused.params);
  print({ error: { ...refused, message } });
  console.error(message);
}

function refusalOf(error: unknown): { code: string; params: RefusalParams } | null {
  if (isRefusal(error)) return { code: error.code, params: error.params };
  const data = refusalData.safeParse(
    typeof error === 'object' && error !== null && 'data' in error ? error.data : null,
  );
  return data.success ? data.data : null;
}
