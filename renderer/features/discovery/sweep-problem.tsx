/** Why a sweep did not start, where it was asked for: what is wrong and what to do, until something is changed. */
import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Button } from 'antd';
import { State } from '../../ui/state.tsx';

export interface Problem {
  /** Null: a fault of the program, no refusal. */
  readonly code: string | null;
  readonly text: string;
  /** It came up when the sweep was under way: what was found is kept. */
  readonly midway: boolean;
}
interface ProblemProps extends Problem {
  readonly id: string;
  readonly onClose: () => void;
}
export function SweepProblem({ id, code, text, midway, onClose }: ProblemProps): ReactNode {
  const t = useText();
  const input = code?.startsWith('scope_') ?? false;
  const word = midway ? 'discovery.broke_off' : input ? 'discovery.check_scope' : 'discovery.not_started';
  return (
    <div id={id} className="sweep-problem" role="alert">
      <State tone={input ? 'warn' : 'bad'}>{t(word)}</State>
      <span>{text}</span>
      <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
    </div>
  );
}
