/** The watch in the bottom line of every screen, and a word when a device goes away or comes back. */
import { App } from 'antd';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import type { LiveDevice } from '../../../shared/features/watch.ts';
import { clockTime, nameSome } from '../../../shared/features/watch/say.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { useLine } from '../../rpc.ts';
import { State } from '../../ui/state.tsx';
import { countOf, followWatch, useWatch, type News } from './watch-store.ts';
import './watch.css';

const SECONDS = 8;
/** More names than these do not fit one line. */
const NAMED = 4;
const KEY = 'watch';

export function WatchStatus(): ReactNode {
  const t = useText();
  const line = useLine();
  const ready = line.is === 'ready';
  useEffect(() => {
    if (!ready) return;
    const halt = new AbortController();
    void followWatch(halt.signal);
    return () => halt.abort();
  }, [ready]);
  useNotices();
  const count = useWatch(({ devices }) => devices.size);
  const down = useWatch(({ devices }) => countOf(devices, 'down'));
  const network = useWatch((state) => state.network);
  if (count === 0) return null;
  return (
    <a className="bottom-link" href={to('watch')}>
      {network === 'gone' ? <State tone="warn">{t('watch.chip_gone')}</State> : null}
      {network === 'elsewhere' ? <State tone="warn">{t('watch.chip_elsewhere')}</State> : null}
      {network === 'ready' ? <span>{t('watch.chip', { n: count })}</span> : null}
      {down > 0 ? <State tone="bad">{t('watch.chip_down', { n: down })}</State> : null}
    </a>
  );
}

function useNotices(): void {
  const t = useText();
  const { message } = App.useApp();
  const news = useWatch((state) => state.news);
  const names = (devices: readonly LiveDevice[]): string => nameSome(t, devices, NAMED);
  const tell = useEffectEvent(({ downs, ups, gone }: News) => {
    const say = (type: 'warning' | 'success', content: string): void =>
      void message.open({ key: KEY, type, content, duration: SECONDS });
    const [first] = downs;
    if (gone) say('warning', t('watch.note_gone'));
    else if (first && downs.length === 1)
      say('warning', t('watch.note_down', { names: names(downs), time: clockTime(first.since ?? 0) }));
    else if (first) say('warning', t('watch.note_downs', { n: downs.length, names: names(downs) }));
    else if (ups.length === 1) say('success', t('watch.note_up', { names: names(ups) }));
    else if (ups.length > 1) say('success', t('watch.note_ups', { n: ups.length, names: names(ups) }));
  });
  useEffect(() => {
    if (news) tell(news);
  }, [news]);
}
