/** A long action under way: how far, in numbers, and the way to stop it. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Null while it is not known yet. */
  readonly total: number | null;
  readonly onCancel?: () => void;
}
export function Progress({ label, done, total, onCancel }: ProgressProps): ReactNode {
  const t = useText();
  const percent = total === null || total === 0 ? null : Math.min(100, Math.floor((done / total) * 100));
  const known = percent === null ? {} : { 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 };
  return (
    <div className="progress">
      <div className="progress-line">
        <span>{label}</span>
        <span className="progress-count">
          {total === null ? done.toLocaleString() : `${done.toLocaleString()} / ${total.toLocaleString()}`}
        </span>
        {onCancel ? (
          <Button size="small" onClick={onCancel}>
            {t('common.stop')}
          </Button>
        ) : null}
      </div>
      <div className="progress-track" role="progressbar" aria-label={label} {...known}>
        <div
          className={percent === null ? 'progress-fill unknown' : 'progress-fill'}
          style={{ width: `${percent ?? 30}%` }}
        />
      </div>
    </div>
  );
}
