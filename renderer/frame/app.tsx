/** The whole window: theme, language, data, then either the first run or the frame. */
import { QueryClientProvider, queryOptions, useQuery } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { Suspense, useEffect, useLayoutEffect, type ReactNode } from 'react';
import { cspNonce } from '../csp-shim.ts';
import { setLanguage, setSector, useLanguage, useText } from '../i18n.ts';
import { queries, rpc } from '../query.ts';
import { client } from '../rpc.ts';
import { takeKept } from '../kept.ts';
import { late } from '../late.ts';
import { isDark, paint, takeMode, useMode } from '../theme.ts';
import { dark, light } from '../tokens.ts';
import { Failed, Loading } from '../ui/blank.tsx';
import { antdTheme } from './antd-theme.ts';
import { Crash } from './crash.tsx';
import { LineGone } from './line-gone.tsx';
import { Shell } from './shell.tsx';

const FirstRun = late(async () => (await import('../features/first-run.tsx')).FirstRun);

export function App(): ReactNode {
  const darkMode = useMode(isDark);
  const language = useLanguage((state) => state.language);
  useLayoutEffect(() => paint(darkMode ? dark : light, darkMode), [darkMode]);
  return (
    <ConfigProvider
      theme={antdTheme(darkMode)}
      locale={language === 'zh-CN' ? zhCN : enUS}
      csp={{ nonce: cspNonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp className="app" message={{ maxCount: 1 }}>
        <QueryClientProvider client={queries}>
          <Start />
          <LineGone />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/** Once a window: the screens read it while they are drawn, so it must be there before the first of them. */
const keptOnce = queryOptions({
  queryKey: ['kept'],
  staleTime: Infinity,
  meta: { tables: [] },
  queryFn: async () => {
    takeKept(await client.system.kept());
    takeMode();
    return true;
  },
});

function Start(): ReactNode {
  const t = useText();
  const { data: state, error, refetch } = useQuery(rpc.system.state.queryOptions());
  const { data: kept } = useQuery(keptOnce);
  const language = state?.setup?.language;
  const sector = state?.setup?.sector;
  useEffect(() => {
    if (language) setLanguage(language);
    if (sector) setSector(sector);
  }, [language, sector]);
  useEffect(() => {
    document.title = state?.setup ? `${t('app.name')} - ${state.setup.unit}` : t('app.name');
  }, [state, t]);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!state || !kept) return <Loading />;
  if (state.setup) return <Shell />;
  return (
    <Crash>
      <Suspense fallback={<Loading />}>
        <FirstRun />
      </Suspense>
    </Crash>
  );
}
