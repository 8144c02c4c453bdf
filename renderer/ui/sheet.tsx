/** The drawer on the right: details and forms beside the list they came from. Esc closes the uppermost one. */
import { Drawer } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useKey } from './keys.ts';

interface SheetProps {
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

/** Open drawers, the uppermost last: Esc belongs to it alone. */
const stack: symbol[] = [];

/** A dialog lies above the drawer, or an open list or panel takes the key: the Esc is theirs. */
const escIsTaken = (): boolean =>
  [
    ...document.querySelectorAll<HTMLElement>('.ant-modal-wrap, .ant-popover, .ant-dropdown, .ant-picker-dropdown'),
  ].some((each) => each.checkVisibility()) || document.activeElement?.getAttribute('aria-expanded') === 'true';

/** A form starts at the field marked for it, else at its first. Fields that come in while the drawer still moves cannot take the focus themselves. */
function focusFirst(): void {
  const body = [...document.querySelectorAll('.sheet .ant-drawer-body')].at(-1);
  if (!body || body.contains(document.activeElement)) return;
  const input = ':is(input, textarea):not(:disabled)';
  const first = body.querySelector<HTMLElement>(`[data-begin] ${input}`) ?? body.querySelector<HTMLElement>(input);
  first?.focus();
}

export function Sheet({
  open,
  title,
  onClose,
  actions,
  footer,
  width = 560,
  mask = true,
  children,
}: SheetProps): ReactNode {
  const [self] = useState(() => Symbol('sheet'));
  useEffect(() => {
    if (!open) return;
    stack.push(self);
    return () => void stack.splice(stack.indexOf(self), 1);
  }, [open, self]);
  useKey(
    'escape',
    () => {
      if (stack.at(-1) === self && !escIsTaken()) onClose();
    },
    open,
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
      keyboard={false}
      // Details leave the keyboard in the list.
      autoFocus={false}
      afterOpenChange={(opened) => {
        if (opened && mask) focusFirst();
      }}
      focusable={{ trap: mask }}
      push={false}
      destroyOnHidden
      rootClassName="sheet"
    >
      {children}
    </Drawer>
  );
}
