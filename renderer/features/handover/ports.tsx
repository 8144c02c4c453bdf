/** The ports of one switch, as they stand on its front: press what was checked, as in the book or not. */
import { useQuery } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

type Mode = 'match' | 'mismatch';
const tables = ['switch_ports', 'handover_items'];

export function PortTicks({ item, fixed }: { item: string; fixed: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const note_id = useId();
  const [mode, setMode] = useState<Mode>('match');
  const [note, setNote] = useState('');
  const { data } = useQuery(rpc.handover.ports.queryOptions({ input: { item }, meta: { tables } }));
  if (!data) return null;
  if (data.length === 0) return <p className="field-hint">{t('handover.no_port_list')}</p>;
  const tick = async (port: string): Promise<void> => {
    try {
      await client.handover.tickPort({ item, port, result: mode, ...(mode === 'mismatch' ? { note } : {}) });
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <div className="handover-ports">
      {fixed ? null : (
        <div className="handover-port-mode">
          <span>{t('handover.port_mode')}</span>
          <Segmented<Mode>
            size="small"
            value={mode}
            onChange={setMode}
            options={(['match', 'mismatch'] as const).map((value) => ({ value, label: t(`handover.${value}`) }))}
          />
          {mode === 'mismatch' ? (
            <>
              <label htmlFor={note_id}>{t('field.handover_items.note')}</label>
              <Input
                id={note_id}
                size="small"
                maxLength={200}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </>
          ) : null}
        </div>
      )}
      <div className="handover-face">
        {data.map(({ id, name, position, state, result, note: found }) => {
          const words = [name, optionLabel(t, 'switch_ports', 'state', state), found].filter(Boolean).join(' ');
          const said = result === null || result === 'pending' ? '' : t(`handover.${result}`);
          return (
            <button
              key={id}
              type="button"
              className={`handover-port ${result ?? ''}`}
              style={position === null ? undefined : { gridRow: position % 2 === 1 ? 1 : 2 }}
              title={[words, said].filter(Boolean).join(' · ')}
              aria-label={[words, said].filter(Boolean).join(' ')}
              disabled={fixed}
              onClick={() => void tick(id)}
            >
              {result === 'match' ? '✓' : result === 'mismatch' ? '✗' : (position ?? name)}
            </button>
          );
        })}
      </div>
    </div>
  );
}
