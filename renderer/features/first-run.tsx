/** The first run: whose notebook this is, then where to start. Nothing else is asked. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Setup } from '../../shared/features/system.ts';
import { useLanguage, useText } from '../i18n.ts';
import { go } from '../route.ts';
import { client } from '../rpc.ts';
import { Brand } from '../frame/brand.tsx';
import { ModeSwitch } from '../frame/mode-switch.tsx';
import { matchesKey } from '../ui/keys.ts';
import { useSay } from '../ui/say.ts';
import { SetupFields, setupProblems, type SetupProblems } from './setup-fields.tsx';
import { starts } from './starts.ts';

export function FirstRun(): ReactNode {
  const t = useText();
  const say = useSay();
  const language = useLanguage((state) => state.language);
  const [answers, setAnswers] = useState<Setup>({ unit: '', technician: '', machine: '', language });
  const [problems, setProblems] = useState<SetupProblems>({});
  const [step, setStep] = useState<'who' | 'start'>('who');
  const next = (): void => {
    const found = setupProblems(answers);
    setProblems(found);
    if (Object.keys(found).length === 0) setStep('start');
  };
  const begin = async (path: string): Promise<void> => {
    try {
      // Once this is saved the frame takes the place of this page, at that address.
      go(path);
      await client.system.setup(answers);
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <main className="first">
      <header className="first-head">
        <Brand size={40} />
        <h1>{t('first.title')}</h1>
        <p>{t('first.lead')}</p>
        <ol className="first-steps">
          <li className={step === 'who' ? 'current' : ''} aria-current={step === 'who' ? 'step' : undefined}>
            {t('first.step.who')}
          </li>
          <li className={step === 'start' ? 'current' : ''} aria-current={step === 'start' ? 'step' : undefined}>
            {t('first.step.start')}
          </li>
        </ol>
        <p className="first-point">{t('first.points')}</p>
        <ModeSwitch />
      </header>
      <div className="first-body">
        {step === 'who' ? (
          <div
            onKeyDown={(event) => {
              if (
                matchesKey(event.nativeEvent, 'ctrl+enter') ||
                (event.key === 'Enter' && !event.nativeEvent.isComposing && event.target instanceof HTMLInputElement)
              )
                next();
            }}
          >
            <SetupFields answers={answers} problems={problems} onChange={setAnswers} autoFocus />
            <div className="first-foot">
              <Button type="primary" onClick={next}>
                {t('first.next')}
              </Button>
            </div>
          </div>
        ) : (
          <>
            <div className="first-starts">
              {starts.map((start) => (
                <button key={start.path} type="button" className="first-start" onClick={() => void begin(start.path)}>
                  <strong>{t(start.title)}</strong>
                  <span>{t(start.text)}</span>
                </button>
              ))}
            </div>
            <div className="first-foot">
              <Button onClick={() => setStep('who')}>{t('first.back')}</Button>
            </div>
          </>
        )}
      </div>
    </main>
  );
}
