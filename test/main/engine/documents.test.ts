import { randomBytes } from 'node:crypto';
import { freeze, thaw } from '../../../main/engine/documents.ts';
import { documents } from '../../../shared/features/documents.ts';
import { isRefusal } from '../../../shared/refusal.ts';
import { testEngine, type TestEngine } from '../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const store = (content: unknown) =>
  t.engine.command('test.freeze', (tx) =>
    freeze(tx, t.engine, { form: 'F-03', code: 'ZC', title: '固定资产台账', kind: 'submission', content }),
  );
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
  return 'none';
};

test('what was frozen comes back word for word, under numbers that count up', () => {
  const content = { rows: [['王芳', '3C:52:82:1A:00:01', null, 0.5]], at: '2026-09-29' };
  const document = store(content);
  expect(document).toMatchObject({ number: 'ZC-202609-L03-0001', parts: 1, author: '李明@L03', made_on: '2026-09-29' });
  expect(thaw(t.engine.db, document.id)).toEqual(content);
  expect(store(content).number).toBe('ZC-202609-L03-0002');
});

test('a large content is split into pieces that fit commits, and joined again', () => {
  const content = randomBytes(900_000).toString('base64');
  const document = store(content);
  expect(document.parts).toBeGreaterThan(4);
  expect(thaw(t.engine.db, document.id)).toBe(content);
  const largest = t.engine.db.value<number>(
    'SELECT max(n) FROM (SELECT sum(length(body)) AS n FROM _ops GROUP BY commit_ord)',
  );
  expect(largest).toBeLessThan(1_000_000);
});

test('a missing piece and a changed piece are told apart, and neither is printed', () => {
  const document = store(randomBytes(600_000).toString('base64'));
  t.engine.db.raw.exec(`UPDATE document_parts SET data = 'AAAA' || substr(data, 5) WHERE part = 1`);
  expect(codeOf(() => thaw(t.engine.db, document.id))).toBe('document_damaged');
  t.engine.db.raw.exec(`DELETE FROM document_parts WHERE part = 1`);
  expect(codeOf(() => thaw(t.engine.db, document.id))).toBe('document_incomplete');
});

test('a command that fails after freezing gives its number back', () => {
  expect(() =>
    t.engine.command('test.freeze', (tx) => {
      freeze(tx, t.engine, { form: 'F-12', code: 'BX', title: '报修单', kind: 'print', content: 1 });
      tx.need(documents, '00000000-0000-7000-8000-000000000000');
    }),
  ).toThrow();
  const next = t.engine.command('test.freeze', (tx) =>
    freeze(tx, t.engine, { form: 'F-12', code: 'BX', title: '报修单', kind: 'print', content: 1 }),
  );
  expect(next.number).toBe('BX-202609-L03-0001');
});
