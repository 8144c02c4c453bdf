/** Settings: whose notebook this is, how it looks, its keys. Other features add their panels to `panels`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Setup } from '../../shared/features/system.ts';
import type { MessageKey } from '../../shared/messages.ts';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { useRoute } from '../route.ts';
import { client } from '../rpc.ts';
import { setMode, useMode, type Mode } from '../theme.ts';
import { Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { useSay } from '../ui/say.ts';
import { Key } from '../ui/text.tsx';
import { SetupFields, setupProblems, type SetupProblems } from './setup-fields.tsx';
import { panels } from './settings-panels.ts';
import { RolePairs } from './sync/role.tsx';

export function SettingsScreen(): ReactNode {
  const t = useText();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const at = useRoute(({ query }) => query['at']);
  if (!state?.setup) return <Loading />;
  const places: readonly Place[] = [
    {
      at: 'notebook',
      title: 'settings.notebook',
      body: <Notebook key={JSON.stringify(state.setup)} setup={state.setup} />,
    },
    { at: 'look', title: 'settings.look', body: <Look /> },
    ...panels.map(({ Panel, ...place }) => ({ ...place, body: <Panel /> })),
    { at: 'keys', title: 'settings.keys', body: <Keys /> },
    { at: 'about', title: 'settings.about', body: <About version={state.version} incarnation={state.incarnation} /> },
  ];
  return (
    <Page scroll>
      <nav className="setting-jumps" aria-label={t('settings.jumps')}>
        {places.map((place) => (
          <a
            key={place.at}
            href={`#/settings?at=${place.at}`}
            aria-current={place.at === at ? 'location' : undefined}
            // pressed again, the address stays the same
            onClick={() => document.getElementById(idOf(place.at))?.focus()}
          >
            {t(place.title)}
          </a>
        ))}
      </nav>
      <Places places={places} at={at} />
    </Page>
  );
}

interface Place {
  readonly at: string;
  readonly title: MessageKey;
  readonly body: ReactNode;
}
const idOf = (at: string): string => `setting-${at}`;
/** All of them have drawn what they have by then. */
const FILLED_WITHIN_MS = 1500;

function Places({ places, at }: { places: readonly Place[]; at: string | undefined }): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = at === undefined ? null : document.getElementById(idOf(at));
    if (!here || !list.current) return;
    here.focus({ preventScroll: true });
    // the panels above are still filling, and push this one down
    const filling = new ResizeObserver(() => here.scrollIntoView());
    filling.observe(list.current);
    const timer = setTimeout(() => filling.disconnect(), FILLED_WITHIN_MS);
    return () => {
      clearTimeout(timer);
      filling.disconnect();
    };
  }, [at]);
  return (
    <div className="settings" ref={list}>
      {places.map((place) => (
        <div key={place.at} id={idOf(place.at)} className="setting-place" tabIndex={-1}>
          {place.body}
        </div>
      ))}
    </div>
  );
}

const About = ({ version, incarnation }: { version: string; incarnation: string }): ReactNode => {
  const t = useText();
  return (
    <section className="setting">
      <h3>{t('settings.about')}</h3>
      <dl className="pairs">
        <dt>{t('settings.version')}</dt>
        <dd>{version}</dd>
        <dt>{t('settings.incarnation')}</dt>
        <dd className="mono">{incarnation}</dd>
        <RolePairs />
      </dl>
    </section>
  );
};

function Notebook({ setup }: { setup: Setup }): ReactNode {
  const t = useText();
  const say = useSay();
  const [answers, setAnswers] = useState(setup);
  const [problems, setProblems] = useState<SetupProblems>({});
  const save = async (): Promise<void> => {
    const found = setupProblems(answers);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    try {
      await client.system.setup(answers);
      say.done(t('settings.saved'));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <section className="setting">
      <div>
        <h3>{t('settings.notebook')}</h3>
        <p className="field-hint">{t('settings.notebookHint')}</p>
      </div>
      <div>
        <SetupFields answers={answers} problems={problems} onChange={setAnswers} />
        <div className="setting-foot">
          <Button
            type="primary"
            onClick={() => void save()}
            disabled={JSON.stringify(answers) === JSON.stringify(setup)}
          >
            {t('common.save')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function Look(): ReactNode {
  const t = useText();
  const mode = useMode((state) => state.mode);
  return (
    <section className="setting">
      <h3>{t('settings.look')}</h3>
      <div className="field">
        <span className="field-label">{t('settings.theme')}</span>
        <Segmented<Mode>
          className="segmented"
          value={mode}
          onChange={setMode}
          options={(['light', 'dark', 'system'] as const).map((each) => ({
            value: each,
            label: t(`settings.theme.${each}`),
          }))}
        />
      </div>
    </section>
  );
}

const keys = [
  [['Ctrl N', 'Alt N'], 'settings.key.new'],
  [['Ctrl K'], 'settings.key.search'],
  [['Ctrl F'], 'settings.key.find'],
  [['Ctrl E'], 'settings.key.export'],
  [['Ctrl 1', '…', 'Ctrl 9'], 'settings.key.screens'],
  [['↑', '↓', 'Enter', 'Space'], 'settings.key.move'],
  [['Ctrl C'], 'settings.key.copy'],
  [['Ctrl Enter', 'Ctrl S'], 'settings.key.save'],
  [['Esc'], 'settings.key.close'],
] as const;
function Keys(): ReactNode {
  const t = useText();
  return (
    <section className="setting">
      <h3>{t('settings.keys')}</h3>
      <dl className="pairs">
        {keys.map(([names, label]) => (
          <div key={label}>
            <dt>
              {names.map((name) => (
                <Key key={name}>{name}</Key>
              ))}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
