/** `node test/golden/generate.ts`: writes wire-1.json anew, after the shapes of the wire were changed on purpose (sync.md section 3). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROTO } from '../../shared/sync/frames.ts';
import { compressed, errorTexts, framed, messages, shapesHash } from './vectors.ts';

const of = (name: keyof typeof messages): object => ({
  frames: messages[name],
  framed: framed(messages[name]),
  bytes: compressed(messages[name]),
});
const kept = { proto: PROTO, shapes: shapesHash(), request: of('request'), answer: of('answer'), errors: errorTexts() };
writeFileSync(join(import.meta.dirname, `wire-${PROTO}.json`), `${JSON.stringify(kept, null, 2)}\n`);
