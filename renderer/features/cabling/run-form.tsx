/** Many records of one naming at once: `GE1/0/` from 1 to 48, `C201-` from 1 to 60. */
import { Input, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { Ask, Line } from './ask.tsx';

export interface Run {
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}
interface RunFormProps {
  readonly title: string;
  readonly start: Run;
  /** Digits the number is filled up to with zeros. */
  readonly digits?: number;
  /** Asks for a place as well. */
  readonly place?: { readonly label: string; readonly value: string | null };
  readonly make: (run: Run, place: string | null) => Promise<{ changed: number; batch: string }>;
  readonly onClose: () => void;
}
export function RunForm({ title, start, digits = 1, place: asked, make, onClose }: RunFormProps): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const [run, setRun] = useState(start);
  const [place, setPlace] = useState(asked?.value ?? null);
  const name = (n: number): string => `${run.prefix}${String(n).padStart(digits, '0')}`;
  const count = run.to - run.from + 1;
  const ready = run.prefix.trim() !== '' && count > 0 && (!asked || place !== null);
  return (
    <Ask
      title={title}
      ok={t('cabling.make')}
      ready={ready}
      onClose={onClose}
      run={async () => {
        const { changed, batch } = await make(run, place);
        undoable.done(t('cabling.made', { count: changed }), batch);
      }}
    >
      {asked ? (
        <Line label={asked.label}>
          <RefPicker table="locations" label={asked.label} value={place} onChange={setPlace} />
        </Line>
      ) : null}
      <Line label={t('cabling.prefix')}>
        <Input
          autoFocus
          className="mono"
          value={run.prefix}
          maxLength={34}
          onChange={(event) => setRun({ ...run, prefix: event.target.value })}
        />
      </Line>
      <div className="cab-row">
        <Line label={t('cabling.from')}>
          <InputNumber min={1} max={999} value={run.from} onChange={(from) => setRun({ ...run, from: from ?? 1 })} />
        </Line>
        <Line label={t('cabling.to')}>
          <InputNumber min={1} max={999} value={run.to} onChange={(to) => setRun({ ...run, to: to ?? 1 })} />
        </Line>
      </div>
      <p className="field-hint" aria-live="polite">
        {ready ? t('cabling.make_preview', { count, first: name(run.from), last: name(run.to) }) : ''}
      </p>
    </Ask>
  );
}
