/** Starting a reading, how far it is, what it came to, and the way to stop it. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { skipReasons } from '../../../shared/features/switches.ts';
import { useText } from '../../i18n.ts';
import { Progress } from '../../ui/progress.tsx';
import { useSay } from '../../ui/say.ts';
import { startReading, stopReading, useReading } from './reading-store.ts';
import { useVault } from './vault.tsx';

/** No address: everything that is known. */
export function ReadButton({
  ips,
  label,
  primary = false,
  small = false,
}: {
  ips: readonly string[];
  label: string;
  primary?: boolean;
  small?: boolean;
}): ReactNode {
  const running = useReading((state) => state.running);
  const { guard, dialog } = useVault();
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        size={small ? 'small' : 'middle'}
        disabled={running}
        onClick={() => void guard(() => startReading(ips))}
      >
        {label}
      </Button>
      {dialog}
    </>
  );
}

/** `brief`: only how far it is; what it came to is told where all devices are. */
export function ReadingLine({ brief = false }: { brief?: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const { running, done, total, outcome, skipped } = useReading();
  if (running)
    return (
      <div className="sw-line">
        <Progress
          label={t('switches.progress', { done, total })}
          done={done}
          total={total}
          onCancel={() => void stopReading().catch(say.failed)}
        />
      </div>
    );
  if (!outcome || brief) return null;
  const { answered, stopped } = outcome;
  return (
    <div className="sw-line sw-result" role="status">
      <span>
        {total === 0
          ? skipped.length === 0
            ? t('switches.nothing_to_read')
            : null
          : t(stopped ? 'switches.stopped' : 'switches.done', { answered, total: outcome.total })}
      </span>
      {skipReasons.map((reason) => {
        const list = skipped.filter((each) => each.reason === reason).map(({ ip }) => ip);
        return list.length === 0 ? null : (
          <span key={reason} className="field-hint">
            {t(`switches.skipped.${reason}`, { list: list.join(' ') })}
          </span>
        );
      })}
    </div>
  );
}
