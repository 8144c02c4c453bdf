/** What covers the window while the engine cannot be reached. Nothing typed is lost: the page below stays as it is. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { useLine } from '../rpc.ts';
import { Loading } from '../ui/blank.tsx';

export function LineGone(): ReactNode {
  const t = useText();
  const line = useLine();
  if (line.is === 'ready' || line.is === 'connecting') return null;
  const refused = line.is === 'refused';
  return (
    <div
      className="gone"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="gone-title"
      aria-describedby="gone-text"
    >
      <div className="gone-card">
        <h2 id="gone-title">{t(refused ? 'frame.refusedTitle' : 'frame.goneTitle')}</h2>
        <p id="gone-text">{t(refused ? 'frame.refusedText' : 'frame.goneText')}</p>
        {refused ? null : <Loading />}
        <Button onClick={() => location.reload()}>{t('frame.reload')}</Button>
      </div>
    </div>
  );
}
