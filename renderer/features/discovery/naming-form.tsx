/** A naming rule; what it means for a name is said while both are typed. */
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { breakOf, namingRules, readPattern, type NamingRule } from '../../../shared/features/discovery/naming.ts';
import { sayBreak } from '../../../shared/features/discovery/say.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';

const groups = [{ fields: ['label', 'pattern', 'subnet_id', 'kind', 'remark'] }] as const;
/** As units write them: short name and person; room and seat; department and person. */
const EXAMPLES = ['SZ-*', 'JF###-##', '{语文|数学|英语}组-*'] as const;

type Values = Readonly<Record<string, unknown>>;
const tryOut = (values: Values, change: (name: string, value: unknown) => void): ReactNode => (
  <TryOut
    pattern={typeof values['pattern'] === 'string' ? values['pattern'] : ''}
    onExample={(pattern) => change('pattern', pattern)}
  />
);

interface NamingFormProps {
  readonly row?: NamingRule;
  readonly refs: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}
export function NamingForm({ row, refs, onClose }: NamingFormProps): ReactNode {
  const t = useText();
  const say = useSay();
  const common = {
    record: namingRules,
    open: true,
    groups,
    refs,
    onClose,
    onSaved: () => say.done(t('naming.saved')),
    lead: <p className="field-hint">{t('naming.signs')}</p>,
    extra: tryOut,
  };
  return row ? (
    <RecordForm
      {...common}
      title={t('naming.edit')}
      row={row}
      update={(changes) => client.discovery.updateNamingRule({ id: row.id, changes })}
    />
  ) : (
    <RecordForm
      {...common}
      title={t('naming.add')}
      initial={{ kind: 'pc' }}
      save={(draft) => client.discovery.createNamingRule(draft)}
    />
  );
}

function TryOut({ pattern, onExample }: { pattern: string; onExample: (pattern: string) => void }): ReactNode {
  const t = useText();
  const [name, setName] = useState('');
  const read = readPattern(pattern);
  const broken = read.ok && name.trim() !== '' ? breakOf(read.pieces, name.trim()) : null;
  const verdict = (): ReactNode => {
    if (!read.ok)
      return read.problem === 'pattern_empty' ? null : (
        <p className="field-hint warn-hint">{refusalText(t, read.problem, { pattern })}</p>
      );
    if (name.trim() === '') return null;
    return broken === null ? (
      <State tone="good">{t('naming.fits')}</State>
    ) : (
      <State tone="warn">{sayBreak({ name: name.trim(), ...broken }, t)}</State>
    );
  };
  return (
    <div className="field">
      <p className="field-hint naming-examples">
        {t('naming.examples')}{' '}
        {EXAMPLES.map((each) => (
          <button key={each} type="button" className="text-button" onClick={() => onExample(each)}>
            <code className="mono">{each}</code>
          </button>
        ))}
      </p>
      <label htmlFor="naming-try">{t('naming.try')}</label>
      <Input id="naming-try" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      <div aria-live="polite" className="naming-verdict">
        {verdict()}
      </div>
    </div>
  );
}
