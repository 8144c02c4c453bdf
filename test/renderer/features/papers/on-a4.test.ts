import { needsA3, onA4 } from '../../../../renderer/features/papers/on-a4.ts';
import type { Paper, PaperSection } from '../../../../shared/paper.ts';

const section = (page: PaperSection['page']): PaperSection => ({ page, title: page, blocks: [] });
const paper: Paper = {
  form: 'F-07',
  language: 'zh-CN',
  unit: '临江市第三中学',
  number: 'TP-202609-L03-0001',
  sections: [section('a3'), section('portrait')],
  copies: [''],
  foot: { page: ['', '', ''], made: '', copies: '' },
};

test('on a printer without A3 the large sheets lie on A4, and nothing else changes', () => {
  expect(needsA3(paper)).toBe(true);
  const small = onA4(paper);
  expect(small.sections.map(({ page }) => page)).toEqual(['landscape', 'portrait']);
  expect({ ...small, sections: [] }).toEqual({ ...paper, sections: [] });
  expect(small.sections.map(({ title }) => title)).toEqual(['a3', 'portrait']);
  expect(needsA3(small)).toBe(false);
  expect(paper.sections[0]?.page).toBe('a3');
});
