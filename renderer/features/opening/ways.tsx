/** Which of the two ways of opening many: a list of people, or a room of seats. */
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';

export function Ways({ way }: { way: 'rows' | 'seats' }): ReactNode {
  const t = useText();
  return (
    <Segmented
      className="segmented"
      value={way}
      options={[
        { value: 'rows', label: t('opening.way.rows') },
        { value: 'seats', label: t('opening.seats') },
      ]}
      onChange={(next) => go(next === 'seats' ? 'opening/seats' : 'opening')}
    />
  );
}
