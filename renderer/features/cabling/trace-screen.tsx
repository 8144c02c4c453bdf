/** Trace a link from what is typed. Routes: `trace?text=…`, `trace/person/ID`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { traceStarts, type TraceStart } from '../../../shared/features/cabling/calls.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { TracePath } from './trace-path.tsx';
import { traceTables } from './trace-tables.ts';

const isStart = (word: string | undefined): word is TraceStart => traceStarts.some((start) => start === word);

export function TraceScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const [start, id] = rest;
  const text = query['text'] ?? '';
  return (
    <Page scroll>
      <div className="trace-page">
        <Ask key={text} asked={text} />
        {isStart(start) && id !== undefined ? (
          <TracePath start={start} id={id} />
        ) : text === '' ? (
          <Empty title={t('cabling.trace')} hint={t('cabling.trace.hint')} />
        ) : (
          <Found text={text} />
        )}
      </div>
    </Page>
  );
}

function Ask({ asked }: { asked: string }): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState(asked);
  const wanted = typed.trim();
  return (
    <form
      className="ports-ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') go(`trace?text=${encodeURIComponent(wanted)}`);
      }}
    >
      <Input
        size="large"
        autoFocus
        allowClear
        maxLength={100}
        aria-label={t('cabling.trace.ask')}
        placeholder={t('cabling.trace.ask')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button size="large" type="primary" htmlType="submit" disabled={wanted === ''}>
        {t('cabling.follow')}
      </Button>
    </form>
  );
}

function Found({ text }: { text: string }): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(
    rpc.cabling.traceFrom.queryOptions({ input: { text }, meta: { tables: traceTables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.length === 0) return <Empty title={t('cabling.trace.none')} hint={t('cabling.trace.none_hint')} />;
  const [only] = data;
  if (data.length === 1 && only) return <TracePath start={only.start} id={only.id} />;
  return (
    <ul className="trace-found">
      {data.map(({ start, id, title, detail }) => (
        <li key={`${start} ${id}`}>
          <h3>
            {title} <span className="field-hint">{detail}</span>
          </h3>
          <TracePath start={start} id={id} />
        </li>
      ))}
    </ul>
  );
}
