/** One cable: its label and ends; and a new one between two ends. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { cables } from '../../../shared/features/cabling.ts';
import type { CableEnd } from '../../../shared/features/cabling/ends.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { Ask, Line } from './ask.tsx';
import { EndPicker } from './end-picker.tsx';
import { MoveEnd } from './move-end.tsx';
import { traceTables } from './trace-tables.ts';

const groups = [
  {
    fields: [
      'label',
      'found',
      'legible',
      'ends_match',
      'fix',
      'medium',
      'colour',
      'checked_on',
      'checked_by',
      'redundant',
      'remark',
    ],
  },
] as const;

export function CableSheet({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [moving, setMoving] = useState<'a' | 'b' | null>(null);
  const { data, error, refetch } = useQuery(
    rpc.cabling.getCable.queryOptions({ input: { id }, meta: { tables: traceTables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const remove = (): void => {
    client.cabling.removeCable({ id }).then(({ batch }) => {
      onClose();
      undoable.done(t('cabling.removed'), batch);
    }, say.failed);
  };
  return (
    <>
      <RecordForm
        record={cables}
        title={data.cable.label ?? t('cabling.no_label')}
        open
        groups={groups}
        row={data.cable}
        update={(changes) => client.cabling.updateCable({ id, changes })}
        onClose={onClose}
        onSaved={() => say.done(t('cabling.saved'))}
        lead={
          <div className="port-lead">
            <dl className="cab-facts">
              {(['a', 'b'] as const).map((end) => (
                <EndFact key={end} end={end} shown={data[end]} onMove={() => setMoving(end)} />
              ))}
            </dl>
            <Button size="small" danger onClick={remove}>
              {t('cabling.remove')}
            </Button>
          </div>
        }
      />
      {moving === null ? null : <MoveEnd id={id} end={moving} onClose={() => setMoving(null)} />}
    </>
  );
}

interface EndFactProps {
  readonly end: 'a' | 'b';
  readonly shown: { readonly text: string; readonly place: string } | null;
  readonly onMove: () => void;
}
function EndFact({ end, shown, onMove }: EndFactProps): ReactNode {
  const t = useText();
  return (
    <>
      <dt>{t(`cabling.end.${end}`)}</dt>
      <dd>
        <span className="mono">{shown?.text ?? t('cabling.unknown')}</span>{' '}
        <span className="field-hint">{shown?.place}</span>{' '}
        <Button size="small" type="link" onClick={onMove}>
          {t('cabling.end.move')}
        </Button>
      </dd>
    </>
  );
}

export function NewCable({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const [a, setA] = useState<CableEnd | null>(null);
  const [b, setB] = useState<CableEnd | null>(null);
  const [label, setLabel] = useState('');
  return (
    <Ask
      title={t('cabling.new_cable')}
      ok={t('cabling.save')}
      ready={a !== null}
      width={640}
      onClose={onClose}
      run={async () => {
        if (a === null) return;
        const made = await client.cabling.createCable({ a, b, values: label.trim() === '' ? {} : { label } });
        say.done(made.label === null ? t('cabling.saved') : t('cabling.labelled', { label: made.label }));
      }}
    >
      <EndPicker label={t('cabling.end.a')} onChange={setA} />
      <EndPicker label={t('cabling.end.b')} onChange={setB} />
      <Line label={t('field.cables.label')}>
        <Input
          className="mono"
          maxLength={60}
          placeholder={t('cabling.label_auto')}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
      </Line>
    </Ask>
  );
}
