import { fieldOfHeader, findHeader, fingerprint, guessColumns } from '../../../../shared/features/transfer/headers.ts';
import { headersOf } from '../../../../shared/features/transfer/header-words.ts';
import { recordOfTarget, targets } from '../../../../shared/features/transfer/targets.ts';
import { formSpecs } from '../../../../shared/features/transfer/forms.ts';
import { catalogue } from '../../../../shared/messages.ts';

const labels: Readonly<Record<string, readonly [string, string]>> = catalogue;

test.each([
  ['资产编号*', 'tag'],
  ['固定资产编号', 'tag'],
  ['序列号SN', 'serial'],
  ['SN 码', 'serial'],
  ['原值（元）', 'price'],
  ['规格型号', 'model'],
  ['型号(规格)', 'model'],
  ['存放地点（到房间）', 'location_id'],
  ['MAC地址', 'mac'],
  ['网卡物理地址', 'mac'],
  ['网卡号', 'mac'],
  ['使用状况', 'status'],
  ['Serial number', 'serial'],
  ['序号', 'ignored'],
  ['金额', 'ignored'],
  ['随便什么', null],
  ['', null],
])('%s is %s', (header, field) => expect(fieldOfHeader('assets', header)).toBe(field));

test('every field has its own label among its headers, in both languages, and no header means two fields', () => {
  for (const target of targets) {
    for (const field of Object.keys(recordOfTarget[target].fields))
      for (const label of labels[`field.${target}.${field}`] ?? [])
        expect([label, fieldOfHeader(target, label)]).toStrictEqual([label, field]);
    const all = Object.values(headersOf[target]).flat();
    expect(all.filter((name, i) => all.indexOf(name) !== i)).toStrictEqual([]);
  }
});

test('every column of F-03 comes back as the field it was written from', () => {
  for (const { key, header } of formSpecs['F-03'].columns)
    expect([header, fieldOfHeader('assets', header)]).toStrictEqual([header, key === 'amount' ? 'ignored' : key]);
});

test('the header is found under titles, and is not a row of data that happens to hold one word', () => {
  const rows = [['固定资产台账'], ['单位：信息中心', '', '2026年'], ['编号', '名称', '备注'], ['名称', '编号', 'x']];
  expect(
    findHeader(
      'assets',
      rows.map((text, i) => ({ row: i + 1, text })),
    ),
  ).toBe(3);
  expect(
    findHeader('assets', [
      { row: 5, text: ['甲'] },
      { row: 6, text: ['a', 'b', 'c'] },
    ]),
  ).toBe(6);
});

test('twins and nameless columns are said, and only the first of a field is taken', () => {
  expect(guessColumns('assets', ['类别', '名称', '类别', '', '资产分类'], [1, 1, 1, 4, 1])).toStrictEqual([
    { field: 'category', from: 'header', problem: 'duplicate_header' },
    { field: 'name', from: 'header', problem: null },
    { field: null, from: 'none', problem: 'duplicate_header' },
    { field: null, from: 'none', problem: 'empty_header' },
    { field: null, from: 'none', problem: 'duplicate_header' },
  ]);
  expect(fingerprint(['资产 编号', '名称'])).toBe(fingerprint(['资产编号*', '名称']));
});
