/** One address of a move: what it was, what it becomes, and what can be chosen: the outlet, the port, the card, another address. */
import { Input } from 'antd';
import { useId, type ReactNode } from 'react';
import type { z } from 'zod';
import type { movePlan, MoveInput } from '../../../shared/features/opening.ts';
import { showMac } from '../../../shared/mac.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { fieldLabel, useText } from '../../i18n.ts';
import { Ends } from './ends.tsx';

export type LineWish = Omit<MoveInput['lines'][number], 'id'>;
interface MoveLineProps {
  readonly line: z.infer<typeof movePlan>;
  readonly refs: Readonly<Record<string, string>>;
  readonly wish: LineWish;
  readonly onChange: (wish: LineWish) => void;
}
const FIELDS = ['outlet', 'switch_name', 'switch_port', 'ip', 'mac'] as const;

export function MoveLine({ line, refs, wish, onChange }: MoveLineProps): ReactNode {
  const t = useText();
  const domId = useId();
  const { before, after, problem } = line;
  const kept = after?.ip === before.ip;
  const label = (field: (typeof FIELDS)[number]): string => fieldLabel(t, 'bindings', field);
  return (
    <section className="open-move-line" aria-label={before.ip}>
      <h3>
        <span className="mono">{before.ip}</span> → <span className="mono">{after?.ip ?? '?'}</span>{' '}
        <span className="field-hint">
          {after ? (refs[after.subnet_id] ?? '') : ''}
          {kept ? t('opening.move.keeps') : ''}
          {line.free_on ? t('opening.move.frees', { ip: before.ip, day: line.free_on }) : ''}
        </span>
      </h3>
      {problem ? (
        <p className="open-why" role="alert">
          {refusalText(t, problem.code, problem.params)}
        </p>
      ) : null}
      {line.port_of ? <p className="field-hint warn-hint">{t('opening.port_taken', { who: line.port_of })}</p> : null}
      <Ends
        room={after?.location_id ?? null}
        chosen={wish.outlet ?? null}
        onChoose={({ outlet, switch_name, switch_port }) =>
          onChange({ ...wish, outlet, switch_name: switch_name ?? '', switch_port: switch_port ?? '' })
        }
      />
      <div className="open-seat-form">
        {FIELDS.map((field) => (
          <div key={field} className="field">
            <label htmlFor={`${domId}-${field}`}>{label(field)}</label>
            <Input
              id={`${domId}-${field}`}
              className={field === 'ip' || field === 'mac' ? 'mono' : ''}
              maxLength={40}
              value={wish[field] ?? ''}
              placeholder={field === 'ip' ? (after?.ip ?? '') : field === 'mac' ? showMac(before.mac ?? '') : ''}
              onChange={(event) => onChange({ ...wish, [field]: event.target.value })}
            />
            <p className="field-hint">
              {t('opening.move.was')} {field === 'mac' ? showMac(before.mac ?? '') : (before[field] ?? '—')}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
