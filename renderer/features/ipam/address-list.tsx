/** Every address of the subnet as a row (F-02). Virtual: a /22 has a thousand. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { AddressCell } from '../../../shared/features/ipam/map.ts';
import type { FormState } from '../../../shared/features/ipam/marks.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { Empty } from '../../ui/blank.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { tsv } from '../../ui/table/tsv.ts';
import { NONE } from '../../ui/text.tsx';
import { stateOf, stateWord, type Marks } from './marks.ts';

const ROW = 32;
const tones: Record<FormState, Tone> = {
  unregistered: 'warn',
  free: 'off',
  active: 'good',
  reserved: 'await',
  suspended: 'warn',
  cooling: 'warn',
  conflict: 'bad',
  device: 'work',
  gateway: 'work',
  kept: 'await',
  leased: 'await',
  dhcp: 'off',
  unplanned: 'off',
  edge: 'off',
};

interface AddressListProps {
  readonly cells: readonly AddressCell[];
  readonly marks: Marks;
  readonly onOpen: (cell: AddressCell) => void;
}

export function AddressList({ cells, marks, onOpen }: AddressListProps): ReactNode {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const virtual = useVirtualizer({
    count: cells.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const heads = [
    t('field.bindings.ip'),
    t('field.bindings.state'),
    t('field.bindings.person_id'),
    t('field.bindings.location_id'),
    t('field.bindings.mac'),
    t('field.bindings.hostname'),
    t('field.bindings.asset_id'),
    t('field.bindings.remark'),
  ];
  const textOf = (cell: AddressCell): string[] => [
    cell.ip,
    stateWord(t, stateOf(cell, marks)),
    cell.person ?? '',
    cell.place ?? '',
    cell.mac ? showMac(cell.mac) : '',
    cell.hostname ?? '',
    cell.asset ?? '',
    cell.free_on ?? cell.remark ?? '',
  ];
  const move = (to: number): void => {
    const at = Math.max(0, Math.min(cells.length - 1, to));
    setActive(at);
    virtual.scrollToIndex(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key];
    const cell = cells[active];
    if (event.key === 'Enter' && cell) onOpen(cell);
    if (step === undefined) return;
    event.preventDefault();
    move(active + step);
  };
  if (cells.length === 0) return <Empty title={t('table.nothingFound')} />;
  return (
    <div
      ref={scroller}
      className="grid-scroll addresses"
      role="grid"
      tabIndex={0}
      aria-label={t('ipam.table')}
      aria-rowcount={cells.length + 1}
      aria-activedescendant={active >= 0 ? `address-${active}` : undefined}
      onKeyDown={onKeyDown}
      onCopy={(event) => {
        event.preventDefault();
        event.clipboardData.setData('text/plain', tsv([heads, ...cells.map(textOf)]));
      }}
    >
      <div role="row" className="grid-head addresses-row">
        {heads.map((head) => (
          <div key={head} role="columnheader" className="cell cell-head">
            <span className="head-name">{head}</span>
          </div>
        ))}
      </div>
      <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const cell = cells[item.index];
          if (!cell) return null;
          const [, word, ...rest] = textOf(cell);
          return (
            <div
              key={cell.ip}
              id={`address-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              className={item.index === active ? 'grid-row addresses-row active' : 'grid-row addresses-row'}
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
              onClick={() => {
                setActive(item.index);
                onOpen(cell);
              }}
            >
              <div role="gridcell" className="cell mono">
                {cell.ip}
              </div>
              <div role="gridcell" className="cell">
                <State tone={tones[stateOf(cell, marks)]}>{word}</State>
              </div>
              {rest.map((text, column) => (
                <div
                  key={heads[column + 2]}
                  role="gridcell"
                  className={column === 2 ? 'cell mono' : 'cell'}
                  title={text}
                >
                  {text || NONE}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
