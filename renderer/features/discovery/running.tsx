/** The sweep under way: what it does now, how far, how fast, how long still. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Progress } from '../../ui/progress.tsx';
import { useSweep, type LiveSweep } from './sweep-store.ts';

/** Earlier an estimate would jump about. */
const TELLS_AFTER_S = 2;

export function Running(): ReactNode {
  const t = useText();
  const progress = useSweep((state) => state.progress);
  const began = useSweep((state) => state.began);
  const label = [
    t(`discovery.phase.${progress?.phase ?? 'asking'}`),
    t('discovery.found', { count: progress?.found ?? 0 }),
    ...pace(progress, began, t),
  ].join(' · ');
  return (
    <div className="sweep-state" role="status" aria-live="off">
      {/* everybody is asked by then; how long hosts take to say what they are cannot be told beforehand */}
      {progress?.phase === 'identifying' ? (
        <Progress label={label} done={progress.found} total={null} />
      ) : (
        <Progress label={label} done={progress?.asked ?? 0} total={progress?.total ?? null} />
      )}
    </div>
  );
}

function pace(progress: LiveSweep['progress'], began: number, t: ReturnType<typeof useText>): string[] {
  if (progress?.phase !== 'asking') return [];
  const seconds = (performance.now() - began) / 1000;
  if (seconds < TELLS_AFTER_S || progress.asked === 0) return [];
  const rate = progress.asked / seconds;
  const left = Math.ceil((progress.total - progress.asked) / rate);
  return [
    t('discovery.rate', { count: Math.round(rate) }),
    left < 60
      ? t('discovery.left_seconds', { count: left })
      : t('discovery.left_minutes', { count: Math.ceil(left / 60) }),
  ];
}
