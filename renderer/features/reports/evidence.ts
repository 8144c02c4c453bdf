/** From a number of a report to the list that it is the total of. */
import {
  evidenceOf,
  isTicketFigure,
  screenBehind,
  type EvidenceTable,
  type FigureKey,
} from '../../../shared/features/reports/figures.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { screens } from '../../screens.ts';
import { changeView } from '../../ui/table/view.ts';

/** Values that one filter holds (shared/list.ts). */
const MOST = 500;

/** The screen of a list, and the name its view is kept under. */
const listOf: Record<EvidenceTable, { path: string; view: string }> = {
  bindings: { path: 'addresses', view: 'bindings' },
  tickets: { path: 'tickets', view: 'tickets' },
  assets: { path: 'assets', view: 'assets' },
};

/** Null where this version has no screen for it. */
export function openEvidence(
  report: string,
  key: FigureKey,
  month: string,
  area: string | null,
): (() => Promise<void> | void) | null {
  if (isTicketFigure(key))
    return async () => {
      const numbers = await client.reports.behind({ id: report, figure: key });
      // A list takes no longer filter, and nobody reads one
      const value = numbers.length > 0 ? numbers.slice(0, MOST) : [''];
      changeView('tickets', { filter: [{ field: 'number', op: 'in', value }], text: '' });
      go('tickets');
    };
  const evidence = evidenceOf(key, month, area);
  if (!evidence) {
    const path = screenBehind(key);
    if (path === 'tickets/figures') return () => go(`${path}?month=${month}`);
    return screens.some((screen) => screen.path === path) ? () => go(path) : null;
  }
  const { path, view } = listOf[evidence.table];
  return () => {
    changeView(view, { filter: [...evidence.filter], text: '' });
    go(path);
  };
}
