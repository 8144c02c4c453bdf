/** Where the rows would be when there are none: on the way, nothing found, nothing yet, or not possible. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Empty, Failed, Loading } from '../blank.tsx';
import type { Rows } from './rows.ts';

interface BelowProps<R> {
  readonly rows: Rows<R>;
  /** Nothing was asked for: the register itself is empty. */
  readonly unfiltered: boolean;
  readonly empty?: ReactNode;
  readonly reset: () => void;
}

export function Below<R>({ rows, unfiltered, empty, reset }: BelowProps<R>): ReactNode {
  const t = useText();
  const body = (): ReactNode => {
    if (rows.error !== null) return <Failed error={rows.error} retry={() => rows.retry()} />;
    if (rows.total === null) return <Loading />;
    if (rows.total > 0) return null;
    if (unfiltered) return empty ?? <Empty title={t('table.nothing')} />;
    return (
      <Empty title={t('table.nothingFound')} hint={t('table.nothingFoundHint')}>
        <button type="button" className="text-button" onClick={reset}>
          {t('table.reset')}
        </button>
      </Empty>
    );
  };
  const shown = body();
  return shown === null ? null : <div className="grid-below">{shown}</div>;
}
