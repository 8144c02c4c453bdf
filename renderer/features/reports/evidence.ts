/** From a number of a report to the list that it is the total of. */
import {
  evidenceOf,
  screenBehind,
  type EvidenceTable,
  type FigureKey,
} from '../../../shared/features/reports/figures.ts';
import { go } from '../../route.ts';
import { screens } from '../../screens.ts';
import { changeView } from '../../ui/table/view.ts';

/** The screen of a list, and the name its view is kept under. */
const listOf: Record<EvidenceTable, { path: string; view: string }> = {
  bindings: { path: 'addresses', view: 'bindings' },
  tickets: { path: 'tickets', view: 'tickets' },
  assets: { path: 'assets', view: 'assets' },
};

/** Null where this version has no screen for it. */
export function openEvidence(key: FigureKey, month: string, area: string | null): (() => void) | null {
  const evidence = evidenceOf(key, month, area);
  if (!evidence) {
    const path = screenBehind(key);
    return screens.some((screen) => screen.path === path) ? () => go(path) : null;
  }
  const { path, view } = listOf[evidence.table];
  return () => {
    changeView(view, { filter: [...evidence.filter], text: '' });
    go(path);
  };
}
