/** Settings: whose notebook this is, how it looks, its keys. Other features add their panels to `panels`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Setup } from '../../shared/features/system.ts';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { client } from '../rpc.ts';
import { setMode, useMode, type Mode } from '../theme.ts';
import { Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { useSay } from '../ui/say.ts';
import { Key } from '../ui/text.tsx';
import { SetupFields, setupProblems, type SetupProblems } from './setup-fields.tsx';
import { panels } from './settings-panels.ts';

export function SettingsScreen(): ReactNode {
  const t = useText();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (!state?.setup) return <Loading />;
  return (
    <Page scroll>
      <div className="settings">
        <Notebook key={JSON.stringify(state.setup)} setup={state.setup} />
        <Look />
        {panels.map((Panel, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list of panels is fixed at build time
          <Panel key={index} />
        ))}
        <Keys />
        <section className="setting">
          <h3>{t('settings.about')}</h3>
          <dl className="pairs">
            <dt>{t('settings.version')}</dt>
            <dd>{state.version}</dd>
            <dt>{t('settings.incarnation')}</dt>
            <dd className="mono">{state.incarnation}</dd>
          </dl>
        </section>
      </div>
    </Page>
  );
}

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
