/** Settings: how long network evidence is kept, what is due, and purging it: never before the floor, never while the date is in doubt. */
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, InputNumber, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { FLOOR_DAYS, LONGEST_TERM, type Retention } from '../../../shared/features/discovery/history.ts';
import { dayOf, showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { queries, rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Progress } from '../../ui/progress.tsx';
import { isStopped } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import './sweeps.css';

const question = rpc.discovery.history.retention.queryOptions({
  meta: { tables: ['_sweeps', '_device_reads', 'evidence_purges'] },
});

export function RetentionPanel(): ReactNode {
  const t = useText();
  const answer = useQuery(question);
  return (
    <section className="setting">
      <div>
        <h3>{t('retention.title')}</h3>
        <p className="field-hint">{t('retention.intro')}</p>
      </div>
      <div>
        {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : null}
        {answer.isPending ? <Loading /> : null}
        {answer.data ? <Terms key={JSON.stringify(answer.data.terms)} state={answer.data} /> : null}
      </div>
    </section>
  );
}

function Terms({ state }: { state: Retention }): ReactNode {
  const t = useText();
  const say = useSay();
  const { modal } = App.useApp();
  const [terms, setTerms] = useState(state.terms);
  const [running, setRunning] = useState<{ done: number; total: number; stop: AbortController } | null>(null);
  const due = state.classes.reduce((sum, each) => sum + each.due, 0);
  const told = (next: Retention): void => void queries.setQueryData(question.queryKey, next);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isStopped(error)) say.failed(error);
    }
  };
  const save = (automatic: boolean): Promise<void> =>
    attempt(async () => {
      told(await client.discovery.history.setRetention({ terms, automatic }));
      say.done(t('retention.saved'));
    });
  const purge = (): Promise<void> =>
    attempt(async () => {
      const stop = new AbortController();
      setRunning({ done: 0, total: due, stop });
      try {
        for await (const event of await client.discovery.history.purge(undefined, { signal: stop.signal }))
          if (event.is === 'progress') setRunning({ ...event, stop });
          else say.done(t('retention.done', { count: event.purged.sweeps + event.purged.readings }));
      } finally {
        setRunning(null);
        void queries.invalidateQueries({ queryKey: question.queryKey });
      }
    });
  const ask = (): void =>
    void modal.confirm({
      title: t('retention.purge_title', { count: due }),
      content: t('retention.purge_text'),
      okText: t('retention.purge'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: () => void purge(),
    });
  const { leapt, last } = state;
  return (
    <>
      {leapt ? (
        <Alert
          className="inner-alert"
          type="warning"
          showIcon
          title={t('retention.leapt', {
            from: showMoment(leapt.from),
            to: showMoment(leapt.to),
            today: dayOf(leapt.to),
          })}
          action={
            <Button
              onClick={() =>
                void attempt(async () => told(await client.discovery.history.confirmDate({ today: dayOf(leapt.to) })))
              }
            >
              {t('retention.date_right')}
            </Button>
          }
        />
      ) : null}
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('retention.class')}</th>
            <th>{t('retention.days')}</th>
            <th>{t('retention.held')}</th>
            <th>{t('retention.due')}</th>
          </tr>
        </thead>
        <tbody>
          {state.classes.map((each) => (
            <tr key={each.class}>
              <td>{t(`retention.class.${each.class}`)}</td>
              <td>
                <InputNumber
                  min={FLOOR_DAYS}
                  max={LONGEST_TERM}
                  precision={0}
                  value={terms[each.class]}
                  aria-label={`${t(`retention.class.${each.class}`)} ${t('retention.days')}`}
                  onChange={(days) => setTerms({ ...terms, [each.class]: days ?? FLOOR_DAYS })}
                />
              </td>
              <td>
                {each.total}
                {each.oldest_at === null ? null : (
                  <div className="cell-sub">{t('retention.since', { day: dayOf(each.oldest_at) })}</div>
                )}
              </td>
              <td>
                {each.due}
                <div className="cell-sub">{t('retention.before', { day: each.before })}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {state.kept > 0 ? <p className="field-hint">{t('retention.kept', { count: state.kept })}</p> : null}
      <label className="retention-auto">
        <Switch size="small" checked={state.automatic} onChange={(on) => void save(on)} /> {t('retention.automatic')}
      </label>
      <p className="field-hint">{t('retention.automatic_hint')}</p>
      {running ? (
        <Progress
          label={t('retention.purging')}
          done={running.done}
          total={running.total}
          onCancel={() => running.stop.abort()}
        />
      ) : (
        <div className="setting-foot">
          <Button
            type="primary"
            disabled={JSON.stringify(terms) === JSON.stringify(state.terms)}
            onClick={() => void save(state.automatic)}
          >
            {t('common.save')}
          </Button>{' '}
          <Button disabled={due === 0 || leapt !== null} onClick={ask}>
            {due === 0 ? t('retention.nothing') : t('retention.purge')}
          </Button>
        </div>
      )}
      {last ? (
        <p className="field-hint">{t('retention.last', { time: showMoment(last.at), count: last.purged })}</p>
      ) : null}
    </>
  );
}
