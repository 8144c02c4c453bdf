/** A handout: one page that tells users what they can do themselves, in large plain lines. */
import type { KnowledgeArticle } from '../../../../shared/features/knowledge.ts';
import { aidSteps } from '../../../../shared/features/tickets/first-aid.ts';
import type { Paper } from '../../../../shared/paper.ts';
import { optionText, paperOf, type Desk } from '../papers/desk.ts';

export function handoutPaper(desk: Desk, article: KnowledgeArticle, number: string): Paper {
  const { t, unit } = desk;
  const steps = aidSteps(article.solution);
  const lines = steps.map((step, index) => `${index + 1}. ${step}`);
  return paperOf(desk, 'R-47', {
    number,
    sections: [
      {
        page: 'portrait',
        title: article.title,
        under: [
          unit,
          optionText(desk, 'knowledge_articles', 'category', article.category),
          `${t('paper.number')}${number}`,
        ],
        blocks: [
          ...(article.symptom === null
            ? []
            : [{ kind: 'text' as const, title: t('knowledge.ifThis'), lines: article.symptom.split('\n') }]),
          { kind: 'text', title: t('knowledge.doThis'), lines },
          { kind: 'text', lines: [t('knowledge.callUs', { unit })] },
        ],
      },
    ],
  });
}
