/** A paper for a printer that has no A3: the same frozen content, its large sheets shrunk to A4. Drawings shrink with the width of the sheet. */
import type { Paper } from '../../../shared/paper.ts';

export const needsA3 = ({ sections }: Paper): boolean => sections.some(({ page }) => page === 'a3');
export const onA4 = (paper: Paper): Paper => ({
  ...paper,
  sections: paper.sections.map((section) => (section.page === 'a3' ? { ...section, page: 'landscape' } : section)),
});
