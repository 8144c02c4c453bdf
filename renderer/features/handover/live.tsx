/** Looking at the network itself: one press sweeps the subnets of the area, what differs from the books is proposed, a person says what is noted. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { liveKinds, type Proposal } from '../../../shared/features/handover.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Progress } from '../../ui/progress.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { startSweep, stopSweep, useSweep } from '../discovery/sweep-store.ts';

const tables = ['handover_items', 'bindings', 'subnets', 'ignored_findings', '_sweeps'];
const tones: Record<Proposal['kind'], Tone> = { silent: 'warn', unseen: 'off', unknown: 'bad', differs: 'bad' };
/** A PC that is switched off is nothing wrong: it is noted only when somebody says so. */
const proposed = ({ kind, noted }: Proposal): boolean => kind !== 'unseen' && !noted;

export function Live({ id, fixed }: { id: string; fixed: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const [failure, setFailure] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const running = useSweep((state) => state.running);
  const progress = useSweep((state) => state.progress);
  const { data, refetch } = useQuery(rpc.handover.live.queryOptions({ input: { id }, meta: { tables } }));
  if (!data) return null;
  const { cidrs, sweep, answered, proposals } = data;
  const open = proposals.filter(({ noted }) => !noted);
  const chosen = picked ?? new Set(open.filter(proposed).map(({ subject }) => subject));
  const look = async (): Promise<void> => {
    setFailure(null);
    setPicked(null);
    try {
      await startSweep({ cidrs, effort: 'thorough', identify: 'none' });
      await refetch();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  const note = async (): Promise<void> => {
    try {
      const { added } = await client.handover.propose({ id, subjects: [...chosen] });
      setPicked(null);
      say.done(t('handover.noted', { n: added }));
    } catch (error) {
      say.failed(error);
    }
  };
  const pick = (subject: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(subject);
    else next.delete(subject);
    setPicked(next);
  };
  return (
    <section className="handover-live" aria-label={t('handover.live')}>
      <div className="handover-place">
        <h3>{t('handover.live')}</h3>
        <span className="handover-actions">
          {fixed ? null : (
            <Button size="small" disabled={running || cidrs.length === 0} onClick={() => void look()}>
              {t(sweep ? 'handover.live_again' : 'handover.live_start')}
            </Button>
          )}
          {chosen.size > 0 && open.length > 0 && !fixed ? (
            <Button size="small" type="primary" onClick={() => void note()}>
              {t('handover.note_n', { n: chosen.size })}
            </Button>
          ) : null}
        </span>
      </div>
      {running ? (
        <Progress
          label={t('handover.live_running')}
          done={progress?.asked ?? 0}
          total={progress?.total ?? null}
          onCancel={() => void stopSweep()}
        />
      ) : null}
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <p className="field-hint">
        {cidrs.length === 0
          ? t('handover.live_no_subnet')
          : sweep
            ? t('handover.live_at', { at: showMoment(sweep.at), n: answered, cidrs: cidrs.join(', ') })
            : t('handover.live_never', { cidrs: cidrs.join(', ') })}
      </p>
      {sweep && open.length === 0 ? <p>{t('handover.live_clean')}</p> : null}
      {liveKinds.map((kind) => {
        const held = open.filter((each) => each.kind === kind);
        if (held.length === 0) return null;
        return (
          <ul key={kind} className="handover-found" aria-label={t(`handover.live.${kind}`)}>
            {held.map(({ subject, label, detail, place }) => (
              <li key={subject}>
                <Checkbox
                  disabled={fixed}
                  checked={chosen.has(subject)}
                  onChange={(event) => pick(subject, event.target.checked)}
                >
                  <span className="mono">{label}</span>
                </Checkbox>
                <State tone={tones[kind]}>{t(`handover.live.${kind}`)}</State>
                <span className="field-hint">{[place, detail].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        );
      })}
    </section>
  );
}
