/** The morning check: one press, one line, troubles first with what to do about them. Routes: `watch/check`, `watch/check?run=1`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useEffect, useEffectEvent, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Check, CheckResult, ComparedResult } from '../../../shared/features/watch.ts';
import { showMs, showPercent } from '../../../shared/features/watch/latency.ts';
import { checkSentence } from '../../../shared/features/watch/say.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { isComposing } from '../../ui/keys.ts';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useSay } from '../../ui/say.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { runCheck, stopCheck, useLiveCheck } from './check-store.ts';
import { useOpenTickets, useTicket } from './ticket.ts';
import './watch.css';

const tone = { ok: 'good', lossy: 'warn', down: 'bad' } as const satisfies Record<CheckResult['state'], Tone>;
/** More names than these make no line. */
const NAMED = 6;

/** Starts the check from anywhere; a refusal is said. */
export function useRunCheck(): () => Promise<void> {
  const say = useSay();
  return async () => {
    try {
      await runCheck();
    } catch (error) {
      say.failed(error);
    }
  };
}

export function CheckScreen({ query }: ScreenProps): ReactNode {
  const t = useText();
  const run = useRunCheck();
  const live = useLiveCheck();
  const last = useQuery(rpc.watch.lastCheck.queryOptions({ meta: { tables: ['_checks', 'duty_entries'] } }));
  const list = useQuery(rpc.watch.list.queryOptions({ meta: { tables: ['watched_devices', '_watch'] } }));
  const asked = query['run'] !== undefined;
  const begin = useEffectEvent(() => {
    // the address must not start it again when the window is reloaded
    go('watch/check');
    void run();
  });
  useEffect(() => {
    if (asked) begin();
  }, [asked]);
  const check = live.running ? null : (last.data ?? null);
  return (
    <Page
      actions={
        live.running ? (
          <Button onClick={stopCheck}>{t('watch.check_stop')}</Button>
        ) : (
          <>
            {check ? <LogButton check={check} /> : null}
            <Button type="primary" onClick={() => void run()}>
              {t(check ? 'watch.check_again' : 'watch.check_start')}
            </Button>
          </>
        )
      }
    >
      <div className="check">
        {last.error ? <Failed error={last.error} retry={() => void last.refetch()} /> : null}
        {last.isPending && !live.running ? <Loading /> : null}
        {live.running ? (
          <div aria-live="polite">
            <Progress
              label={t('watch.check_progress', { done: live.results.length, total: live.total })}
              done={live.results.length}
              total={live.total || null}
            />
          </div>
        ) : null}
        {last.data === null && !live.running ? (
          <Empty title={t('watch.check_never')} hint={t('watch.check_hint')}>
            <Button type="primary" onClick={() => void run()}>
              {t('watch.check_start')}
            </Button>
          </Empty>
        ) : null}
        {check ? <Outcome check={check} /> : null}
        {live.running ? (
          <Results results={live.results.toReversed().map((each) => ({ ...each, before: null }))} at={null} />
        ) : null}
        {check ? <Results results={check.results} at={check.began_at} /> : null}
        {list.data ? <AutoLog on={list.data.auto_log} /> : null}
      </div>
    </Page>
  );
}

function Outcome({ check }: { check: Check }): ReactNode {
  const t = useText();
  const done = check.results.length;
  const fine = check.results.every(({ state }) => state === 'ok');
  return (
    <div className="check-head" role="status">
      <p className="check-say">
        {checkSentence(t, check.results, NAMED)}
        {fine && check.complete ? <> · {t('watch.all_fine')}</> : null}
      </p>
      <p className="check-more">
        {t('watch.check_at', {
          time: showMoment(check.began_at),
          seconds: Math.max(1, Math.round((check.ended_at - check.began_at) / 1000)),
        })}
        {check.complete ? null : <strong> · {t('watch.check_incomplete', { done, total: check.total })}</strong>}
        {' · '}
        {check.compared_at === null
          ? t('watch.check_first')
          : t('watch.check_compared', { time: showMoment(check.compared_at) })}
      </p>
      {check.ping_missing ? <p className="sweep-note">{t('watch.ping_missing')}</p> : null}
    </div>
  );
}

function LogButton({ check }: { check: Check }): ReactNode {
  const t = useText();
  const say = useSay();
  if (check.entry_id !== null)
    return (
      <a className="check-logged" href={to('duty')}>
        {t('watch.in_log')}
      </a>
    );
  const log = async (): Promise<void> => {
    try {
      await client.watch.logCheck({ id: check.id });
      say.done(t('watch.logged'));
    } catch (error) {
      say.failed(error);
    }
  };
  return <Button onClick={() => void log()}>{t('watch.log')}</Button>;
}

function AutoLog({ on }: { on: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const set = async (next: boolean): Promise<void> => {
    try {
      await client.watch.setAutoLog({ on: next });
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <label className="check-auto">
      <Switch size="small" checked={on} onChange={(next) => void set(next)} /> {t('watch.auto_log')}
    </label>
  );
}

/** What changed since the day before, in a word. */
function turn({ state, before }: ComparedResult, t: Text): string {
  if (state === 'ok') return before === 'down' ? t('watch.recovered') : '';
  if (before === null) return '';
  return t(before === state ? 'watch.old_trouble' : 'watch.new_trouble');
}
function symptom({ state, name, ip, loss_percent }: CheckResult, at: number, t: Text): string {
  const time = showMoment(at);
  return state === 'lossy'
    ? t('watch.symptom_lossy', { name, ip, time, loss: showPercent(loss_percent) })
    : t('watch.symptom', { name, ip, time });
}

/** `at` null: the check still runs, and nothing is done about single results yet. */
function Results({ results, at }: { results: readonly ComparedResult[]; at: number | null }): ReactNode {
  const t = useText();
  const ticket = useTicket();
  const list = useRef<HTMLDivElement>(null);
  const troubled = useMemo(() => results.flatMap(({ state, ip }) => (state === 'ok' ? [] : [ip])), [results]);
  const troubles = troubled.length > 0;
  const tickets = useOpenTickets(troubled);
  const open = (result: CheckResult): void => {
    const known = tickets.get(result.ip);
    if (known) go(`tickets/${known.id}`);
    else if (at !== null) ticket(result, symptom(result, at, t));
  };
  const note = (result: CheckResult): void => {
    if (at !== null) go(`duty?${new URLSearchParams({ note: symptom(result, at, t) }).toString()}`);
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>, result: CheckResult, index: number): void => {
    // Only of the row itself: its buttons keep their own keys.
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.target !== event.currentTarget) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) list.current?.querySelectorAll<HTMLElement>('.check-row')[index + step]?.focus();
    else if (event.key === 't' && result.state !== 'ok') open(result);
    else if (event.key === 'n' && result.state !== 'ok') note(result);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      {troubles && at !== null ? <p className="field-hint">{t('watch.ticket_keys')}</p> : null}
      <div className="check-list" role="grid" ref={list} aria-label={t('watch.check')}>
        {results.map((result, index) => (
          // walked through with the arrow keys
          <div
            role="row"
            key={result.ip}
            className="check-row"
            tabIndex={index === 0 ? 0 : -1}
            onKeyDown={(event) => onKey(event, result, index)}
          >
            <span role="gridcell">
              <State tone={tone[result.state]}>{t(`watch.check_state.${result.state}`)}</State>
            </span>
            <span role="gridcell" className="mono">
              {result.ip}
            </span>
            <span role="gridcell">
              {result.device_id === null ? result.name : <a href={to('watch', result.device_id)}>{result.name}</a>}
            </span>
            <span role="gridcell" className="check-rtt">
              {rttText(result, t)}
            </span>
            <span className="cell-sub">{at === null ? '' : turn(result, t)}</span>
            <span role="gridcell" className="check-acts">
              {result.state === 'ok' || at === null ? null : (
                <>
                  <TicketButton ticket={tickets.get(result.ip)} onOpen={() => open(result)} />
                  <Button size="small" onClick={() => note(result)}>
                    {t('watch.note')}
                  </Button>
                </>
              )}
              {result.how === 'tcp' ? <span className="cell-sub">{t('watch.how.tcp')}</span> : null}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
/** The ticket that is open already, or the press that opens one. */
function TicketButton({
  ticket,
  onOpen,
}: {
  ticket: { id: string; number: string } | undefined;
  onOpen: () => void;
}): ReactNode {
  const t = useText();
  return ticket ? (
    <a href={to('tickets', ticket.id)}>{t('discovery.ticket_done', { number: ticket.number })}</a>
  ) : (
    <Button size="small" onClick={onOpen}>
      {t('watch.ticket')}
    </Button>
  );
}
function rttText({ state, rtt_ms, loss_percent }: CheckResult, t: Text): string {
  if (rtt_ms === null) return NONE;
  const time = t('discovery.ms', { value: showMs(rtt_ms) });
  return state === 'lossy' ? `${time} · ${showPercent(loss_percent)}` : time;
}
