/** The inside of a screen: its actions on the right of the tab row, its content below, filling the height. */
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';

/** Where the frame wants the actions of the current page. */
export const useActionSlot = create<{ slot: HTMLElement | null }>(() => ({ slot: null }));

interface PageProps {
  readonly actions?: ReactNode;
  /** Scrolls as a whole (settings, dashboards); lists scroll inside themselves instead. */
  readonly scroll?: boolean;
  readonly children: ReactNode;
}
export function Page({ actions, scroll = false, children }: PageProps): ReactNode {
  const slot = useActionSlot((state) => state.slot);
  return (
    <div className={scroll ? 'page page-scroll' : 'page'}>
      {slot && actions ? createPortal(actions, slot) : null}
      {children}
    </div>
  );
}
