/** Whose notebook this is: the answers of the first run, changed later in the settings. */
import { Input, Segmented } from 'antd';
import { useId, type ReactNode } from 'react';
import { setupInput, type Setup } from '../../shared/features/system.ts';
import { languages, type MessageKey } from '../../shared/messages.ts';
import { sectors } from '../../shared/sectors.ts';
import { setLanguage, setSector, useText } from '../i18n.ts';

export type SetupProblems = Partial<Record<keyof Setup, MessageKey>>;

/** What is wrong with the answers, by field; empty when nothing is. */
export function setupProblems(answers: Setup): SetupProblems {
  const parsed = setupInput.safeParse(answers);
  if (parsed.success) return {};
  const fields = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  return {
    ...(fields.has('unit') ? { unit: 'form.required' } : {}),
    ...(fields.has('technician') ? { technician: 'form.required' } : {}),
    ...(fields.has('machine') ? { machine: 'first.badMachine' } : {}),
  };
}

interface SetupFieldsProps {
  readonly answers: Setup;
  readonly problems: SetupProblems;
  readonly onChange: (answers: Setup) => void;
  readonly autoFocus?: boolean;
}
const LONGEST: Record<'unit' | 'technician' | 'machine', number> = { unit: 60, technician: 30, machine: 5 };
const languageNames = { 'zh-CN': '简体中文', 'en-US': 'English' } as const;

export function SetupFields({ answers, problems, onChange, autoFocus = false }: SetupFieldsProps): ReactNode {
  const t = useText();
  const id = useId();
  return (
    <div className="form">
      {(['unit', 'technician', 'machine'] as const).map((name) => {
        const problem = problems[name];
        return (
          <div key={name} className="field">
            <label htmlFor={`${id}-${name}`}>
              {t(`first.${name}`)}
              <span className="field-must" aria-hidden="true">
                *
              </span>
            </label>
            <Input
              id={`${id}-${name}`}
              autoFocus={autoFocus && name === 'unit'}
              className={name === 'machine' ? 'mono machine' : undefined}
              maxLength={LONGEST[name]}
              value={answers[name]}
              status={problem ? 'error' : undefined}
              aria-invalid={problem !== undefined}
              aria-describedby={`${id}-${name}-hint`}
              onChange={(event) => onChange({ ...answers, [name]: event.target.value })}
            />
            <p id={`${id}-${name}-hint`} className={problem ? 'field-problem' : 'field-hint'}>
              {t(problem ?? `first.${name}Hint`)}
            </p>
          </div>
        );
      })}
      <div className="field">
        <span className="field-label" id={`${id}-sector`}>
          {t('first.sector')}
        </span>
        <Segmented
          aria-labelledby={`${id}-sector`}
          aria-describedby={`${id}-sector-hint`}
          className="segmented"
          value={answers.sector ?? 'school'}
          options={sectors.map((sector) => ({ value: sector, label: t(`first.sector.${sector}`) }))}
          onChange={(sector) => {
            setSector(sector);
            onChange({ ...answers, sector });
          }}
        />
        <p id={`${id}-sector-hint`} className="field-hint">
          {t('first.sectorHint')}
        </p>
      </div>
      <div className="field">
        <span className="field-label" id={`${id}-language`}>
          {t('first.language')}
        </span>
        <Segmented
          aria-labelledby={`${id}-language`}
          className="segmented"
          value={answers.language}
          options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
          onChange={(language) => {
            setLanguage(language);
            onChange({ ...answers, language });
          }}
        />
      </div>
    </div>
  );
}
