/** What a place shows when it has nothing to show: nothing yet, or not possible now. Both say what to do next. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { refusalOf, sentenceOf } from './refusal.ts';

/** Nothing here yet; `children` is the next step (a button). */
export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }): ReactNode {
  return (
    <div className="blank">
      <svg viewBox="0 0 64 48" width="64" height="48" aria-hidden="true" className="blank-mark">
        <path d="M14 6h36a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H14z" />
        <path d="M14 6v36M10 14h8M10 24h8M10 34h8M24 16h22M24 24h22M24 32h12" />
      </svg>
      <p className="blank-title">{title}</p>
      {hint === undefined ? null : <p className="blank-hint">{hint}</p>}
      {children === undefined ? null : <div className="blank-actions">{children}</div>}
    </div>
  );
}

/** A call failed: the sentence, and a way to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const t = useText();
  if (refusalOf(error)?.code === 'not_found') return <Empty title={t('refusal.not_found')} />;
  return (
    <div className="blank" role="alert">
      <p className="blank-title">{t('error.title')}</p>
      <p className="blank-hint">{sentenceOf(error, t)}</p>
      {retry ? (
        <div className="blank-actions">
          <Button onClick={retry}>{t('common.retry')}</Button>
        </div>
      ) : null}
    </div>
  );
}

/** A file of the window did not arrive, and not after some tries either: only loading all of it again helps. */
export function Halted(): ReactNode {
  const t = useText();
  return (
    <div className="blank" role="alert">
      <p className="blank-title">{t('frame.notLoadedTitle')}</p>
      <p className="blank-hint">{t('frame.notLoaded')}</p>
      <div className="blank-actions">
        <Button onClick={() => location.reload()}>{t('frame.reload')}</Button>
      </div>
    </div>
  );
}

/** While something loads that usually takes no time: nothing moves for the first moment (see styles). */
export const Loading = (): ReactNode => (
  <div className="loading" role="status" aria-live="polite">
    <span className="loading-bar" />
  </div>
);
