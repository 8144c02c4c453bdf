/** When the last sweep was, and the way on where it was broken off. */
import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { canResume, type SweepSummary } from '../../../shared/features/discovery.ts';
import { useText, type Text } from '../../i18n.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}
function ago(ms: number, t: Text): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 1) return t('discovery.ago_now');
  if (minutes < 60) return t('discovery.ago_minutes', { count: minutes });
  return minutes < 48 * 60
    ? t('discovery.ago_hours', { count: Math.floor(minutes / 60) })
    : t('discovery.ago_days', { count: Math.floor(ms / DAY_MS) });
}

interface LastSweepProps {
  readonly last: SweepSummary | null;
  readonly onResume: (sweep: SweepSummary) => void;
}
export function LastSweep({ last, onResume }: LastSweepProps): ReactNode {
  const t = useText();
  const now = useNow();
  if (!last) return null;
  const left = last.total - last.covered;
  // the engine has the last word on whether it is still the same network
  // all addresses are settled, but not all hosts were asked what they are
  const goesOn = canResume(last, now);
  return (
    <>
      {goesOn ? (
        <Button onClick={() => onResume(last)} title={last.cidrs.join(' ')}>
          {left > 0 ? t('discovery.resume', { count: left }) : t('discovery.resume_identify')}
        </Button>
      ) : null}
      <span className="sweep-note">
        {t('discovery.last', { ago: ago(now - (last.ended_at ?? last.started_at), t) })}
      </span>
    </>
  );
}
