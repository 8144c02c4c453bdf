/** People of one name, told apart by department, room and phone; one of them is chosen, or none. */
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import type { Namesake } from '../../../shared/features/applications.ts';
import { useText } from '../../i18n.ts';
import './namesakes.css';

export function Namesakes({
  people,
  onPick,
  onNone,
}: {
  people: readonly Namesake[];
  onPick: (id: string) => void;
  onNone?: () => void;
}): ReactNode {
  const t = useText();
  return (
    <Alert
      className="namesakes"
      type="warning"
      title={t('applications.namesakes')}
      description={
        <ul className="links">
          {people.map(({ id, name, department, place, phone }) => (
            <li key={id}>
              <span>
                {name} {[department, place, phone].filter(Boolean).join(' · ')}
              </span>
              <Button size="small" onClick={() => onPick(id)}>
                {t('applications.isThem')}
              </Button>
            </li>
          ))}
          {onNone ? (
            <li>
              <Button size="small" type="text" onClick={onNone}>
                {t('applications.isNew')}
              </Button>
            </li>
          ) : null}
        </ul>
      }
    />
  );
}
