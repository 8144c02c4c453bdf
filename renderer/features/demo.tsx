/** Fills an empty notebook with the demo school. Route: `demo`, reached from the first run. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go } from '../route.ts';
import { client } from '../rpc.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { Progress } from '../ui/progress.tsx';
import { useSay } from '../ui/say.ts';

/** Assets in one campus of the demo (system.demo); 144 campuses make the 100,000 that Lanbook is measured with. */
const CAMPUS = 699;
const scales = [1, 10, 50, 144] as const;

export function DemoScreen(): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: state, error, refetch } = useQuery(rpc.system.state.queryOptions());
  const [chosen, setScale] = useState<number | null>(null);
  const [at, setAt] = useState<{ done: number; total: number } | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!state) return <Loading />;
  // One that was stopped goes on; the same size again would add nothing.
  const room = at ? scales : scales.filter((each) => state.demo !== null && each > state.demo);
  const scale = at?.total ?? room.find((each) => each === chosen) ?? room[0];
  if (scale === undefined)
    return (
      <Empty title={t('refusal.demo_not_empty')}>
        <Button onClick={() => go('today')}>{t('nav.today')}</Button>
      </Empty>
    );
  const run = async (): Promise<void> => {
    const control = new AbortController();
    stop.current = control;
    setAt({ done: 0, total: scale });
    try {
      for await (const step of await client.system.demo({ scale }, { signal: control.signal })) setAt(step);
      go('today');
    } catch (failure) {
      say.failed(failure);
    } finally {
      setAt(null);
    }
  };
  return (
    <Page scroll>
      <div className="demo">
        <h2>{t('first.demo')}</h2>
        <p className="field-hint">{t('first.demoText')}</p>
        <div className="field">
          <span className="field-label" id="demo-scale">
            {t('first.demoScale')}
          </span>
          <Segmented
            className="segmented"
            aria-labelledby="demo-scale"
            disabled={at !== null}
            value={scale}
            onChange={setScale}
            options={room.map((each) => ({ value: each, label: (CAMPUS * each).toLocaleString() }))}
          />
        </div>
        {at ? (
          <Progress
            label={t('first.demoRunning')}
            done={at.done * CAMPUS}
            total={at.total * CAMPUS}
            onCancel={() => stop.current?.abort()}
          />
        ) : (
          <div className="first-foot">
            <Button type="primary" onClick={() => void run()}>
              {t('first.begin')}
            </Button>
            <Button onClick={() => go('today')}>{t('first.empty')}</Button>
          </div>
        )}
      </div>
    </Page>
  );
}
