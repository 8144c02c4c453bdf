/** The form's advice: same verdicts as the engine's schema, in words that fit the field. */
import { assets } from '../../../../shared/features/assets.ts';
import { catalogue } from '../../../../shared/messages.ts';
import type { RecordType } from '../../../../shared/record.ts';

// i18n.ts asks the page for its language as soon as it is loaded; nothing else of the page is needed here.
beforeAll(() => {
  Object.assign(globalThis, {
    document: { documentElement: { lang: 'zh-CN' } },
  });
});

const check = async () => import('../../../../renderer/ui/form/check.ts');
const record = assets as unknown as RecordType;
const words = (key: string): string => (key in catalogue ? catalogue[key as keyof typeof catalogue][0] : key);

test('a new record names every required field that is missing, at its field', async () => {
  const { problemsOf } = await check();
  const problems = problemsOf(record, { status: 'in_use', tag: 'A-1' }, true, words);
  expect(problems).toEqual({ name: '这一项必须填写', category: '这一项必须填写' });
});

test('an edit is judged by what changed only', async () => {
  const { problemsOf } = await check();
  expect(problemsOf(record, { model: 'M7206W' }, false, words)).toEqual({});
  expect(Object.keys(problemsOf(record, { mac: '00-11-22', ip: '10.20.300.1', quantity: -1 }, false, words))).toEqual([
    'quantity',
    'ip',
    'mac',
  ]);
});

test('an emptied field becomes nothing, and is a change only where there was something', async () => {
  const { changesOf, cleanValues } = await check();
  const row = { tag: 'A-1', model: null, remark: 'x' };
  expect(changesOf(row, cleanValues(assets.fields, { tag: 'A-1', model: '', remark: '' }))).toEqual({ remark: null });
});
