import { tsv } from '../../../../renderer/ui/table/tsv.ts';

test('cells are parted by tabs and rows by lines, as Excel and WPS paste them', () => {
  expect(
    tsv([
      ['编号', '名称'],
      ['00012', '打印机'],
    ]),
  ).toBe('编号\t名称\r\n00012\t打印机');
});

test('only a cell that holds a tab, a line break or a quote is quoted', () => {
  expect(tsv([['一\t二', '一\n二', '5"屏', '平常']])).toBe('"一\t二"\t"一\n二"\t"5""屏"\t平常');
});
