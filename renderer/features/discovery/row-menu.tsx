/** What else can be done about a finding, with the keys. Made only while it is open: a list draws many rows. */
import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Key } from '../../ui/text.tsx';
import type { Entry } from './entries.ts';
import { actKey, keyFor, mainOf, offersOf, type Act } from './offers.ts';

interface RowMenuProps {
  readonly entry: Entry;
  readonly act: (entry: Entry, what: Act) => void;
  readonly onClose: () => void;
}
export function RowMenu({ entry, act, onClose }: RowMenuProps): ReactNode {
  const t = useText();
  const first = mainOf(entry);
  const rest = offersOf(entry).filter((each) => each !== first);
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
          if (wanted) act(entry, wanted);
        },
      }}
    >
      <span className="finding-menu-at" />
    </Dropdown>
  );
}
