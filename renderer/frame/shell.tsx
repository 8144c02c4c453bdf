/** The frame around every screen: rail, search, tabs of the group, the screen itself, the status line. */
import { Suspense, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { RescueNotice } from '../features/backup/rescue-notice.tsx';
import { to, useRoute } from '../route.ts';
import { screenOf, screens, type Screen } from '../screens.ts';
import { Empty, Loading } from '../ui/blank.tsx';
import { useActionSlot } from '../ui/page.tsx';
import { useQuietRoutes } from '../ui/say.ts';
import { AwayTooLong } from '../features/sync/access.tsx';
import { ReadOnly } from '../features/sync/role.tsx';
import { QuickTicket } from '../features/tickets/quick.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { Crash } from './crash.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

export function Shell(): ReactNode {
  const t = useText();
  const { parts, query } = useRoute();
  useQuietRoutes();
  const found = screenOf(parts);
  const body = found ? (
    <Crash key={found.screen.path}>
      <Suspense fallback={<Loading />}>
        <found.screen.view rest={found.rest} query={query} />
      </Suspense>
    </Crash>
  ) : (
    <Empty title={t('frame.noScreen')} />
  );
  if (found?.screen.bare) return body;
  return (
    <div className="shell">
      <Rail current={found?.screen.group ?? null} />
      <div className="column">
        <TopBar />
        <Tabs current={found?.screen ?? null} />
        <ReadOnly />
        <AwayTooLong />
        <main className="content">{body}</main>
        <BottomBar />
      </div>
      <Palette />
      <RescueNotice />
      <QuickTicket />
    </div>
  );
}

/** A group of many screens scrolls its tabs: the current one is always seen. */
const intoView = (tab: HTMLElement | null): void => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** The screens of the current group; one alone is just the title of the page. */
function Tabs({ current }: { current: Screen | null }): ReactNode {
  const t = useText();
  const siblings = current?.group ? screens.filter((screen) => screen.group === current.group) : [];
  return (
    <div className="tabs">
      {siblings.length > 1 ? (
        <nav aria-label={t('frame.tabs')}>
          {siblings.map((screen) => (
            <a
              key={screen.path}
              href={to(...screen.path.split('/'))}
              className={screen === current ? 'tab current' : 'tab'}
              aria-current={screen === current ? 'page' : undefined}
              ref={screen === current ? intoView : undefined}
            >
              {t(screen.title)}
            </a>
          ))}
        </nav>
      ) : (
        <h1 className="tabs-title">{current ? t(current.title) : ''}</h1>
      )}
      <div className="tabs-actions" ref={(slot) => useActionSlot.setState({ slot })} />
    </div>
  );
}
