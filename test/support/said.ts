/** Waits until a program has printed a word: its sockets are open from then on. Rejects when it ends without. */
import type { ChildProcess } from 'node:child_process';

export async function said(program: ChildProcess, word: string): Promise<void> {
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    program.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      if (printed.includes(word)) resolve();
    });
    program.once('exit', (code) => reject(new Error(`ended with ${code} before it said ${word}: ${printed}`)));
  });
}
