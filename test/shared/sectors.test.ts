/** A hospital does not speak of classes: the words of each kind of unit, on screens and on paper. */
import { catalogue, languages } from '../../shared/messages.ts';
import { sectors, sectorWords } from '../../shared/sectors.ts';
import { translator } from '../../shared/translate.ts';
import { testEngine } from '../support/engine.ts';

test('every word that a kind of unit has of its own is one of the catalogue, differs from it, and fills in the same places', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).toSorted();
  for (const sector of sectors)
    for (const [key, own] of Object.entries(sectorWords[sector])) {
      const common = catalogue[key as keyof typeof catalogue];
      expect([sector, key, own[0] === common[0]]).toEqual([sector, key, false]);
      for (const at of [0, 1] as const) expect([key, places(own[at])]).toEqual([key, places(common[at])]);
    }
});

test('outside a school nothing that a notebook labels speaks of classes, teachers or pupils', () => {
  const labels = Object.keys(catalogue).filter((key) =>
    /^(field|option|paper)\./.test(key),
  ) as (keyof typeof catalogue)[];
  for (const sector of sectors.filter((each) => each !== 'school')) {
    const t = translator('zh-CN', sector);
    expect([sector, labels.filter((key) => /班级|教师|学生|学号|教室/.test(t(key)))]).toEqual([sector, []]);
  }
});

test('a paper speaks as the unit does, and a notebook of before as a school', async () => {
  const { call, close } = await testEngine();
  const { setup } = await call.system.state();
  const columns = async (): Promise<string> => JSON.stringify(await call.papers.blank({ form: 'F-01' }));
  expect(await columns()).toContain('部门/班级');
  if (!setup) throw new Error('not set up');
  await call.system.setup({ ...setup, sector: 'hospital' });
  expect(await columns()).toContain('科室/病区');
  await call.system.setup({ ...setup, sector: 'town', language: 'en-US' });
  expect(await columns()).toContain('Office');
  close();
  for (const language of languages) expect(translator(language)('app.name')).not.toBe('app.name');
});
