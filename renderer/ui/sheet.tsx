/** The drawer on the right: details and forms beside the list they came from. Esc closes the uppermost one. */
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useKey } from './keys.ts';

export interface SheetProps {
  readonly open: boolean;
  readonly title: ReactNode;
  readonly onClose: () => void;
  /** Buttons at the right end of the title. */
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  /** Pixels; 560 unless told. */
  readonly width?: number;
  /** False leaves the list behind it in use (details): the keyboard stays there. Forms keep it true. */
  readonly mask?: boolean;
  readonly children: ReactNode;
}

/** Something lies above this drawer, or an open list takes the key: the Esc is theirs. */
const escIsTaken = (): boolean =>
  document.querySelector('.sheet-masked.ant-drawer-open, .ant-modal-wrap:not([style*="none"]), .ant-popover:not(.ant-popover-hidden)') !== null ||
  document.activeElement?.getAttribute('aria-expanded') === 'true';

export function Sheet({ open, title, onClose, actions, footer, width = 560, mask = true, children }: SheetProps): ReactNode {
  useKey(
    'escape',
    () => {
      if (!escIsTaken()) onClose();
    },
    open && !mask,
  );
  return (
    <Drawer
      open={open}
      title={title}
      onClose={onClose}
      extra={actions}
      footer={footer}
      size={width}
      mask={mask ? { blur: false, closable: false } : false}
      keyboard={mask}
      autoFocus={mask}
      focusable={{ trap: mask }}
      push={false}
      destroyOnHidden
      rootClassName={mask ? 'sheet sheet-masked' : 'sheet'}
    >
      {children}
    </Drawer>
  );
}
