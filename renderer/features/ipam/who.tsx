/** "Who had this address on that day?", answered with proof. Route: `who?ip=…&day=…` or `who?mac=…`. */
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { parseIp, showIp } from '../../../shared/ip.ts';
import { parseMac, showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { Fragment } from './fragment.tsx';
import { TenureList, timelineTables, type Question } from './timeline.tsx';

/** An IP or a MAC in any style; null when it is neither. */
function questionOf(written: string): (Question & { shown: string }) | null {
  const ip = parseIp(written);
  if (ip !== null) return { ip: showIp(ip), shown: showIp(ip) };
  const mac = parseMac(written);
  return mac === null ? null : { mac, shown: showMac(mac) };
}

export function WhoScreen({ query }: ScreenProps): ReactNode {
  const asked = query['ip'] ?? query['mac'] ?? '';
  return <Asking key={asked} asked={asked} day={query['day'] ?? null} />;
}

function Asking({ asked, day }: { asked: string; day: string | null }): ReactNode {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(asked);
  const wanted = questionOf(typed);
  const ask = (text: string, on: string | null): void => {
    const question = questionOf(text);
    if (!question) return;
    const key = 'ip' in question ? 'ip' : 'mac';
    go(`who?${key}=${encodeURIComponent(question.shown)}${on ? `&day=${on}` : ''}`);
  };
  const question = questionOf(asked);
  return (
    <Page scroll>
      <div className="who">
        <form
          className="who-ask"
          onSubmit={(event) => {
            event.preventDefault();
            ask(typed, day);
          }}
        >
          <div className="field who-what">
            <label htmlFor={id}>{t('ipam.ask')}</label>
            <Input
              id={id}
              className="mono"
              autoFocus
              maxLength={40}
              placeholder={t('ipam.askHint')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-day`}>{t('ipam.askDay')}</label>
            <DatePicker
              id={`${id}-day`}
              placeholder={t('ipam.askNow')}
              value={day ? dayjs(day) : null}
              onChange={(date) => ask(typed || asked, date ? date.format('YYYY-MM-DD') : null)}
            />
          </div>
          <div className="field field-action">
            <Button type="primary" htmlType="submit" disabled={wanted === null}>
              {t('ipam.query')}
            </Button>
          </div>
        </form>
        {typed.trim() !== '' && !wanted ? (
          <Fragment typed={typed} onPick={(whole) => ask(whole, day)} />
        ) : question && wanted?.shown === question.shown ? (
          <Answer question={question} day={day} />
        ) : (
          <Empty title={t('ipam.who')} hint={t('ipam.whoIntro')} />
        )}
      </div>
    </Page>
  );
}

function Answer({
  question: { shown, ...question },
  day,
}: {
  question: Question & { shown: string };
  day: string | null;
}): ReactNode {
  const t = useText();
  const input = { ...question, ...(day ? { day } : {}) };
  const answer = useQuery(rpc.ipam.at.queryOptions({ input, meta: { tables: timelineTables } }));
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  const { answers, timeline, refs } = answer.data;
  const about = { what: shown, day: day ?? '' };
  const held = answers.length > 0;
  const sentence = day
    ? t(held ? 'ipam.heldOn' : 'ipam.nobodyOn', about)
    : t(held ? 'ipam.heldNow' : 'ipam.nobodyNow', about);
  return (
    <>
      <section className="who-answer" aria-live="polite">
        <h2>{sentence}</h2>
        {held ? <TenureList tenures={answers} refs={refs} /> : null}
      </section>
      <section className="card">
        <h3>{t('ipam.timeline')}</h3>
        {timeline.length > 0 ? (
          <TenureList tenures={timeline} refs={refs} />
        ) : (
          <p className="field-hint">{t('ipam.timelineEmpty')}</p>
        )}
      </section>
    </>
  );
}
