import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { Secret } from '../../../../main/engine/secrets/secret.ts';
import { seal, stretch, unseal } from '../../../../main/engine/secrets/seal.ts';

const key = Buffer.alloc(32, 7);

test('a secret is three stars wherever somebody might print it', () => {
  const secret = new Secret('CANARY-9f3');
  const shown = [
    String(secret),
    ['a', secret].join(' '),
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
    format('%s %o %j', secret, secret, secret),
    JSON.stringify(structuredClone({ secret: { ...secret } })),
    new Error('x', { cause: secret }).toString(),
  ];
  expect(shown.join('\n')).not.toContain('CANARY');
  expect(shown[0]).toBe('***');
  expect(secret.reveal()).toBe('CANARY-9f3');
});

test('what was sealed opens with its key for what it is about, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, about) => {
      const blobs = [seal(key, Buffer.from(text), about), seal(key, Buffer.from(text), about)];
      expect(unseal(key, blobs[0]!, about)?.toString()).toBe(Buffer.from(text).toString());
      expect(blobs[0]!.equals(blobs[1]!)).toBe(false);
    }),
  );
});

test('another key, another row, a cut or a changed byte: nothing comes out', () => {
  const blob = seal(key, Buffer.from('public'), 'row 1');
  expect(unseal(Buffer.alloc(32, 8), blob, 'row 1')).toBeNull();
  expect(unseal(key, blob, 'row 2')).toBeNull();
  for (let at = 0; at < blob.length; at++) {
    const changed = Buffer.from(blob);
    changed[at]! ^= 1;
    expect(unseal(key, changed, 'row 1')).toBeNull();
    expect(unseal(key, blob.subarray(0, at), 'row 1')).toBeNull();
  }
});

test('a passphrase gives one key for one salt, however its accents are typed', async () => {
  const salt = Buffer.alloc(16, 1);
  const composed = await stretch('caf\u00e9', salt);
  expect(composed.equals(await stretch('cafe\u0301', salt))).toBe(true);
  expect(composed.equals(await stretch('caf\u00e9', Buffer.alloc(16, 2)))).toBe(false);
});
