/** Settings: how repair deadlines are counted. Changing it counts the open ones again at once. */
import { useQuery } from '@tanstack/react-query';
import { InputNumber, Radio } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { slaRules, type SlaChoice } from '../../../shared/features/sla-rules.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { WriteButton } from '../sync/write-button.tsx';

export function RulesPanel(): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.tickets.rules.queryOptions({ meta: { tables: ['sla_rules'] } }));
  return (
    <section className="setting">
      <div>
        <h3>{t('rules.title')}</h3>
        <p className="field-hint">{t('rules.intro')}</p>
      </div>
      <div>
        {error ? <Failed error={error} retry={() => void refetch()} /> : null}
        {data || error ? null : <Loading />}
        {data ? <Rules key={JSON.stringify(data)} rules={data} /> : null}
      </div>
    </section>
  );
}

function Rules({ rules }: { rules: SlaChoice }): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const [wanted, setWanted] = useState(rules);
  const { rule, vacation, workdays } = slaRules.fields;
  const save = async (): Promise<void> => {
    try {
      const { moved } = await client.tickets.setRules(wanted);
      say.done(t('rules.saved', { n: moved }));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <div className="form">
      <Radio.Group
        aria-label={t('field.sla_rules.rule')}
        value={wanted.rule}
        onChange={(event) =>
          setWanted({ ...wanted, rule: rule.options.find((code) => code === event.target.value) ?? wanted.rule })
        }
        options={rule.options.map((code) => ({ value: code, label: optionLabel(t, 'sla_rules', 'rule', code) }))}
        vertical
      />
      <div className="field">
        <label htmlFor={id}>{t('field.sla_rules.workdays')}</label>
        <InputNumber
          id={id}
          min={workdays.min}
          max={workdays.max}
          precision={0}
          value={wanted.workdays}
          onChange={(n) => setWanted({ ...wanted, workdays: n ?? rules.workdays })}
        />
      </div>
      <Radio.Group
        aria-label={t('field.sla_rules.vacation')}
        value={wanted.vacation}
        onChange={(event) =>
          setWanted({
            ...wanted,
            vacation: vacation.options.find((code) => code === event.target.value) ?? wanted.vacation,
          })
        }
        options={vacation.options.map((code) => ({
          value: code,
          label: optionLabel(t, 'sla_rules', 'vacation', code),
        }))}
        vertical
      />
      <p className="field-hint">{t('rules.vacationHint')}</p>
      <div className="steps-row">
        <WriteButton
          type="primary"
          disabled={JSON.stringify(wanted) === JSON.stringify(rules)}
          onClick={() => void save()}
        >
          {t('common.save')}
        </WriteButton>
      </div>
    </div>
  );
}
