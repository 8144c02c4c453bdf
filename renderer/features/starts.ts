/** Where a new notebook may start: each way is a screen that opens once the notebook has an owner. */
import type { MessageKey } from '../../shared/messages.ts';
import { screens } from '../screens.ts';

interface Start {
  readonly path: string;
  readonly title: MessageKey;
  readonly text: MessageKey;
}
const all: readonly Start[] = [
  { path: 'today', title: 'first.empty', text: 'first.emptyText' },
  { path: 'import', title: 'first.import', text: 'first.importText' },
  { path: 'demo', title: 'first.demo', text: 'first.demoText' },
];
export const starts = all.filter(({ path }) => screens.some((screen) => screen.path === path));
