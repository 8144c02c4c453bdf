/** Tests that need something a machine may lack: they say so in a sentence, and under LANBOOK_NO_SKIP=1 they fail instead. */

/** `describeIf(isRoot, 'The lab needs root; run npm test as root.')('sweep in the lab', () => { … })` */
export const describeIf =
  (condition: unknown, sentence: string) =>
  (name: string, body: () => void): void => {
    if (condition) {
      describe(name, body);
    } else if (process.env.LANBOOK_NO_SKIP) {
      describe(name, () => {
        test('runs here, because LANBOOK_NO_SKIP is set', () => {
          throw new Error(sentence);
        });
      });
    } else {
      process.stderr.write(`Skipped: ${name}. ${sentence}\n`);
      describe.skip(name, body);
    }
  };
