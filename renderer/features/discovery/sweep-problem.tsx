/** Why a sweep did not start, where it was asked for: what is wrong and what to do, until something is changed. */
import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Button } from 'antd';
import { State } from '../../ui/state.tsx';

interface ProblemProps {
  readonly id: string;
  /** Null: a fault of the program, no refusal. */
  readonly code: string | null;
  readonly text: string;
  readonly onClose: () => void;
}
/** What stands before the sentence: whose turn it is. */
const isInput = (code: string | null): boolean => code?.startsWith('scope_') ?? false;
export function SweepProblem({ id, code, text, onClose }: ProblemProps): ReactNode {
  const t = useText();
  return (
    <div id={id} className="sweep-problem" role="alert">
      <State tone={isInput(code) ? 'warn' : 'bad'}>
        {t(isInput(code) ? 'discovery.check_scope' : code === null ? 'error.title' : 'discovery.not_started')}
      </State>
      <span>{text}</span>
      <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
    </div>
  );
}
