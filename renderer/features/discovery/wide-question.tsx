/** A sweep of more than 4,096 addresses is confirmed by typing how many: nobody does that by habit (security.md X6). */
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';

interface WideProps {
  readonly count: number;
  readonly onAnswer: (right: boolean) => void;
}
export function WideQuestion({ count, onAnswer }: WideProps): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState('');
  return (
    <div className="form">
      <p>{t('discovery.confirm_wide', { count: count.toLocaleString('en-US') })}</p>
      <div className="field">
        <label htmlFor="wide-count">{t('discovery.confirm_type', { count })}</label>
        <Input
          id="wide-count"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            onAnswer(target.value.replace(/[\s,，]/g, '') === String(count));
          }}
        />
      </div>
    </div>
  );
}
