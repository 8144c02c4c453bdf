/** Find a port: by MAC, IP, person, host name or asset. Route: `ports?text=…`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { refusalOf, sentenceOf } from '../../ui/refusal.ts';
import { Answer } from './answer.tsx';
import { deviceTables } from './words.ts';
import './switches.css';

export function FindPortScreen({ query }: ScreenProps): ReactNode {
  const text = query['text'] ?? '';
  return <Asking key={text} asked={text} />;
}

function Asking({ asked }: { asked: string }): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState(asked);
  const wanted = typed.trim();
  return (
    <Page scroll>
      <div className="ports">
        <form
          className="ports-ask"
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== '') go(`ports?text=${encodeURIComponent(wanted)}`);
          }}
        >
          <Input
            size="large"
            autoFocus
            allowClear
            maxLength={100}
            aria-label={t('port.search')}
            placeholder={t('port.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button size="large" type="primary" htmlType="submit" disabled={wanted === ''}>
            {t('port.search_do')}
          </Button>
        </form>
        {asked === '' ? <Teach /> : <Answers text={asked} />}
      </div>
    </Page>
  );
}

/** Nothing asked yet: what it is for, or what has to happen first. */
function Teach(): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.switches.devices.queryOptions({ meta: { tables: deviceTables } }));
  if (!data) return null;
  if (data.some(({ good_at }) => good_at !== null)) return <Empty title={t('port.title')} hint={t('port.teach')} />;
  return (
    <Empty title={t('port.title')} hint={t('port.teach_read')}>
      <Button type="primary" onClick={() => go('switches')}>
        {t('switches.to_switches')}
      </Button>
    </Empty>
  );
}

function Answers({ text }: { text: string }): ReactNode {
  const t = useText();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const found = useQuery(rpc.switches.find.queryOptions({ input: { text }, meta: { tables: deviceTables } }));
  if (found.error) {
    if (refusalOf(found.error)) return <Empty title={sentenceOf(found.error, t)} />;
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  if (!found.data || !state) return <Loading />;
  return (
    <ul className="ports-found" aria-live="polite">
      {found.data.map((each) => (
        <Answer key={each.mac} found={each} now={Math.max(state.now, found.dataUpdatedAt)} />
      ))}
    </ul>
  );
}
