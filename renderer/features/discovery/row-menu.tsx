/** The one menu of all rows: what else can be done, with the keys. */
import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Key } from '../../ui/text.tsx';
import type { Entry } from './entries.ts';
import { actKey, keyFor, mainOf, offersOf, type Act } from './offers.ts';

export interface OpenMenu {
  readonly entry: Entry;
  readonly right: number;
  readonly bottom: number;
}
interface RowMenuProps {
  readonly menu: OpenMenu | null;
  readonly act: (entry: Entry, what: Act) => void;
  readonly onClose: () => void;
}
export function RowMenu({ menu, act, onClose }: RowMenuProps): ReactNode {
  const t = useText();
  if (!menu) return null;
  const first = mainOf(menu.entry);
  const rest = offersOf(menu.entry).filter((each) => each !== first);
  return (
    <Dropdown
      open
      trigger={['click']}
      placement="bottomRight"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      menu={{
        autoFocus: true,
        items: rest.map((each) => ({
          key: each,
          label: (
            <span className="finding-menu">
              {t(actKey(each))} <Key>{keyFor[each]}</Key>
            </span>
          ),
        })),
        onClick: ({ key }) => {
          onClose();
          const wanted = rest.find((each) => each === key);
          if (wanted) act(menu.entry, wanted);
        },
      }}
    >
      <span className="finding-menu-at" style={{ left: menu.right, top: menu.bottom }} />
    </Dropdown>
  );
}
