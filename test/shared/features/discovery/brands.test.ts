import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brandOf, brands } from '../../../../shared/features/discovery/brands.ts';
import { catalogue } from '../../../../shared/messages.ts';

const registered = readFileSync(join(import.meta.dirname, '../../../../assets/oui/oui.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t')[1] ?? '');

test.each([
  ['Hangzhou Hikvision Digital Technology Co.,Ltd.', 'hikvision'],
  ['HUAWEI TECHNOLOGIES CO.,LTD', 'huawei'],
  ['Huawei Device Co., Ltd.', 'huawei_device'],
  ['Hewlett Packard', 'hp'],
  ['Hewlett Packard Enterprise', 'hpe'],
  ['LCFC(Hefei) Electronics Technology co., ltd', 'lenovo'],
  ['Shanghai Dahua Scale Factory', null],
  ['Modelleisenbahn GmbH', null],
])('%s is %s', (maker, brand) => expect(brandOf(maker)).toBe(brand));

test('every brand has a word, and a card in the shipped table', () => {
  const seen = new Set(registered.map(brandOf));
  for (const brand of brands) {
    expect(catalogue).toHaveProperty([`maker.${brand}`]);
    expect([brand, seen.has(brand)]).toEqual([brand, true]);
  }
});
