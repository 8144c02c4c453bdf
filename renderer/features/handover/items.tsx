/** The items of one part, by place: tick one, tick a whole place, note a difference, take it to the network centre. */
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { handoverItems, type HandoverPart, type handovers } from '../../../shared/features/handover.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { Empty } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { to } from '../../route.ts';
import { DecideDialog, DifferenceDialog, DisputeDialog } from './dialogs.tsx';
import { Live } from './live.tsx';
import { PortTicks } from './ports.tsx';
import { SheetFields } from './sheet-fields.tsx';

type Item = RowOf<typeof handoverItems>;
const tones: Record<string, Tone> = { match: 'good', mismatch: 'bad', pending: 'off' };

export type Asking = { readonly what: 'difference' | 'dispute' | 'decide'; readonly item: Item };

interface ItemsProps {
  readonly handover: RowOf<typeof handovers>;
  readonly part: HandoverPart;
  readonly items: readonly Item[];
  /** Items that part H speaks of already. */
  readonly disputed: ReadonlySet<string>;
  readonly refs: Readonly<Record<string, string>>;
}
export function Items({ handover, part, items, disputed, refs }: ItemsProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [asking, setAsking] = useState<Asking | null>(null);
  const fixed = handover.state === 'settled';
  const tick = async (ids: string[], result: 'match' | 'pending'): Promise<void> => {
    try {
      await client.handover.tick({ items: ids, result });
    } catch (error) {
      say.failed(error);
    }
  };
  const openTicket = async (item: string): Promise<void> => {
    try {
      const { number } = await client.handover.ticket({ item });
      say.done(t('handover.ticketed', { number }));
    } catch (error) {
      say.failed(error);
    }
  };
  const groups = [...Map.groupBy(items, ({ place }) => (part === 'F' ? '' : (place ?? '')))];
  const close = (): void => setAsking(null);
  return (
    <section className="handover-items" aria-label={t(`option.handover_items.part.${part}`)}>
      {part === 'C' ? <Live id={handover.id} fixed={fixed} /> : null}
      {part === 'A' && !fixed ? <p className="field-hint">{t('handover.carrier_hint')}</p> : null}
      {items.length === 0 ? <Empty title={t('paper.none')} /> : null}
      {groups.map(([place, held]) => {
        const pending = held.filter(({ result }) => result === 'pending');
        return (
          <div key={place} className="handover-group">
            {place === '' && held.length < 2 ? null : (
              <div className="handover-place">
                <h3>{place}</h3>
                {fixed || part === 'H' || pending.length === 0 ? null : (
                  <Button
                    size="small"
                    onClick={() =>
                      void tick(
                        pending.map(({ id }) => id),
                        'match',
                      )
                    }
                  >
                    {t('handover.tick_place')}
                  </Button>
                )}
              </div>
            )}
            <ul>
              {held.map((item) => (
                <li key={item.id} className="handover-item">
                  <div className="handover-what">
                    <span>{item.label}</span>
                    {item.detail ? <span className="field-hint">{item.detail}</span> : null}
                    {part === 'A' ? <SheetFields item={item} fixed={fixed} /> : null}
                    {item.note && item.note !== item.detail ? <span className="handover-note">{item.note}</span> : null}
                    {item.ticket_id ? (
                      <a href={to('tickets', item.ticket_id)}>
                        {t('field.handover_items.ticket_id')} {refs[item.ticket_id]}
                      </a>
                    ) : null}
                    {item.opinion ? (
                      <span className="handover-opinion">{t('handover.decided', { opinion: item.opinion })}</span>
                    ) : null}
                  </div>
                  <span className="handover-book">
                    {[item.book, item.actual === item.book ? null : item.actual].filter(Boolean).join(' → ')}
                  </span>
                  <State tone={item.waived ? 'await' : (tones[item.result] ?? 'off')}>
                    {item.waived ? t('handover.waive') : t(`option.handover_items.result.${item.result}`)}
                  </State>
                  {fixed ? null : (
                    <ItemActions
                      item={item}
                      disputed={disputed.has(item.id)}
                      tick={tick}
                      ask={setAsking}
                      report={openTicket}
                    />
                  )}
                  {part === 'C' && item.subject?.startsWith('assets:') ? <Ports item={item.id} fixed={fixed} /> : null}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {fixed || part === 'H' ? null : <AddItem handover={handover.id} part={part} />}
      <DifferenceDialog item={asking?.what === 'difference' ? asking.item : null} onClose={close} />
      <DisputeDialog item={asking?.what === 'dispute' ? asking.item : null} onClose={close} />
      <DecideDialog item={asking?.what === 'decide' ? asking.item : null} onClose={close} />
    </section>
  );
}

interface ActionsProps {
  readonly item: Item;
  readonly disputed: boolean;
  readonly tick: (ids: string[], result: 'match' | 'pending') => Promise<void>;
  readonly ask: (asking: Asking) => void;
  readonly report: (item: string) => Promise<void>;
}
function ItemActions({ item, disputed, tick, ask, report }: ActionsProps): ReactNode {
  const t = useText();
  if (item.part === 'H')
    return (
      <span className="handover-actions">
        {item.opinion === null ? (
          <Button size="small" title={t('handover.decide')} onClick={() => ask({ what: 'decide', item })}>
            {t('handover.decide_short')}
          </Button>
        ) : null}
      </span>
    );
  return (
    <span className="handover-actions">
      {item.result === 'match' ? (
        <Button size="small" type="text" onClick={() => void tick([item.id], 'pending')}>
          {t('common.undo')}
        </Button>
      ) : (
        <Button size="small" type="primary" ghost onClick={() => void tick([item.id], 'match')}>
          {t('handover.match')}
        </Button>
      )}
      <Button size="small" onClick={() => ask({ what: 'difference', item })}>
        {t('handover.mismatch')}
      </Button>
      {item.result === 'mismatch' && item.ticket_id === null && item.part !== 'F' ? (
        <Button size="small" onClick={() => void report(item.id)}>
          {t('handover.report')}
        </Button>
      ) : null}
      {item.result === 'mismatch' && item.opinion === null && !disputed ? (
        <>
          <Button size="small" title={t('handover.dispute')} onClick={() => ask({ what: 'dispute', item })}>
            {t('handover.dispute_short')}
          </Button>
          <Button size="small" title={t('handover.decide')} onClick={() => ask({ what: 'decide', item })}>
            {t('handover.decide_short')}
          </Button>
        </>
      ) : null}
    </span>
  );
}

/** Opened when somebody wants to go port by port; the whole switch needs one press. */
function Ports({ item, fixed }: { item: string; fixed: boolean }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="handover-by-port">
      <Button size="small" type="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'handover.ports_close' : 'handover.ports_open')}
      </Button>
      {open ? <PortTicks item={item} fixed={fixed} /> : null}
    </div>
  );
}

function AddItem({ handover, part }: { handover: string; part: Exclude<HandoverPart, 'H'> }): ReactNode {
  const t = useText();
  const say = useSay();
  const [label, setLabel] = useState('');
  const add = async (): Promise<void> => {
    if (label.trim() === '') return;
    try {
      await client.handover.add({ id: handover, part, label });
      setLabel('');
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <div className="handover-add">
      <Input
        aria-label={t('handover.add')}
        placeholder={t('handover.add')}
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        onPressEnter={() => void add()}
      />
      <Button disabled={label.trim() === ''} onClick={() => void add()}>
        {t('common.create')}
      </Button>
    </div>
  );
}
