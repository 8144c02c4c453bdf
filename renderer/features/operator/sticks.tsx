/** A colleague's USB stick at an admin's laptop: its file goes to the store, and the answer to carry back is saved. */
import { useState, type ReactNode } from 'react';
import type { TakenReport } from '../../../shared/sync/stick.ts';
import { useText, type Text } from '../../i18n.ts';
import { FileButton } from '../../ui/file-button.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { State } from '../../ui/state.tsx';
import { carryFile } from '../sync/stick-files.ts';

/** `onChanged`: a laptop may have joined, or changes may wait for a decision. */
export function Sticks({ onChanged }: { onChanged: () => void }): ReactNode {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [done, setDone] = useState<readonly TakenReport[]>([]);
  const carry = async (file: File): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      const taken = await carryFile(file);
      if (taken) setDone((before) => [taken, ...before]);
      onChanged();
    } catch (failure) {
      setRefused(sentenceOf(failure, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="operator-sticks">
      <p>{t('operator.stickLead')}</p>
      <div>
        <FileButton
          label={t(busy ? 'operator.stickBusy' : 'operator.stickPick')}
          accept=".lanbook"
          type="primary"
          disabled={busy}
          loading={busy}
          onFile={(file) => void carry(file)}
        />
      </div>
      {refused === null ? null : (
        <p className="operator-refused" role="alert">
          {refused}
        </p>
      )}
      <ul aria-live="polite">
        {done.map((taken, index) => (
          <li key={done.length - index}>
            <h3>
              {t('operator.stickFrom', { machine: taken.machine, name: taken.technician, number: taken.number })}{' '}
              {taken.joined ? <State tone="good">{t('operator.stickJoined')}</State> : null}
            </h3>
            <p>{cameOf(t, taken)}</p>
            {taken.name === null ? null : (
              <p>
                {t('operator.stickAnswer', { machine: taken.machine })} <span className="mono">{taken.name}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function cameOf(t: Text, { quarantined, failure, outcome, rows }: TakenReport): string {
  if (quarantined !== null) return t('operator.stickQuarantined', { n: quarantined });
  if (failure !== null) return t('operator.stickFailed', { code: failure });
  return t('operator.stickTaken', { ...outcome, rows: rows.toLocaleString() });
}
