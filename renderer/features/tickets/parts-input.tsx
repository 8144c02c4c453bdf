/** Parts used, by presses: what is used most stands first, a press takes the usual number, each line counts up and down. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { usualParts } from '../../../shared/features/tickets/faults.ts';
import { countPart, type PartLine } from '../../../shared/features/tickets/parts.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { isComposing } from '../../ui/keys.ts';

/** Chips on one line of the panel or two. */
const SHOWN = 8;
const keyOf = ({ name, spec }: Pick<PartLine, 'name' | 'spec'>): string => `${name} ${spec}`.trim();

export function PartsInput({
  parts,
  onChange,
}: {
  parts: readonly PartLine[];
  onChange: (parts: readonly PartLine[]) => void;
}): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState('');
  const { data: used = [] } = useQuery(rpc.tickets.usualParts.queryOptions({ meta: { tables: ['tickets'] } }));
  const shipped = usualParts.map(({ code, count }) => ({ name: t(`tickets.part.${code}`), spec: '', quantity: count }));
  const fresh = shipped.filter((part) => !used.some((each) => keyOf(each) === keyOf(part)));
  // The shipped ones keep their number (both ends of a cable), whatever was taken lately.
  const counted = used.map((part) => shipped.find((each) => keyOf(each) === keyOf(part)) ?? part);
  const add = (): void => {
    if (typed.trim() === '') return;
    onChange(countPart(parts, { name: typed.trim(), spec: '' }, 1));
    setTyped('');
  };
  return (
    <div className="parts-input">
      <div className="chips" role="group" aria-label={t('tickets.partsUsed')}>
        {[...counted, ...fresh].slice(0, SHOWN).map((part) => (
          <button
            key={keyOf(part)}
            type="button"
            className="chip"
            onClick={() => onChange(countPart(parts, part, part.quantity))}
          >
            {t('tickets.addPart', { part: keyOf(part), n: part.quantity })}
          </button>
        ))}
        <Input
          className="parts-other"
          maxLength={60}
          aria-label={t('tickets.otherPart')}
          placeholder={t('tickets.otherPart')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={(event) => {
            if (!isComposing(event.nativeEvent)) add();
          }}
          onBlur={add}
        />
      </div>
      {parts.length === 0 ? null : (
        <ul className="part-lines" aria-label={t('field.tickets.part_lines')}>
          {parts.map((part, index) => (
            // oxlint-disable-next-line no-array-index-key -- name and spec are its key, and the spec is being typed here
            <li key={index}>
              <span className="part-name">{part.name}</span>
              <Input
                size="small"
                maxLength={60}
                aria-label={t('tickets.partSpec', { part: part.name })}
                placeholder={t('tickets.spec')}
                value={part.spec}
                onChange={(event) =>
                  onChange(parts.map((each, at) => (at === index ? { ...each, spec: event.target.value } : each)))
                }
              />
              <Button
                size="small"
                aria-label={t('tickets.partLess', { part: keyOf(part) })}
                onClick={() => onChange(countPart(parts, part, -1))}
              >
                −
              </Button>
              <span className="part-count">{part.quantity}</span>
              <Button
                size="small"
                aria-label={t('tickets.partMore', { part: keyOf(part) })}
                onClick={() => onChange(countPart(parts, part, 1))}
              >
                +
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
