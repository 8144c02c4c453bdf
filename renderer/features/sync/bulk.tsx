/** Settling many conflicts of a kind: how many, one press for one side or the other, how far it is, and what was left. */
import { Button, Modal } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { BulkEvent, ConflictFilter } from '../../../shared/features/sync.ts';
import { keyOf, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { Progress } from '../../ui/progress.tsx';
import { useSay } from '../../ui/say.ts';
import { WriteButton } from './write-button.tsx';

/** What an author wanted can be done for many only where that needs no further word. */
const takeable = (filter: ConflictFilter): boolean =>
  filter.kind !== 'approval' &&
  filter.kind !== 'step' &&
  filter.rule !== 'ticket_number' &&
  filter.rule !== 'binding_mac';

export function Bulk({ filter, total }: { filter: ConflictFilter; total: number }): ReactNode {
  const t = useText();
  const say = useSay();
  const stopper = useRef<AbortController | null>(null);
  const [open, setOpen] = useState(false);
  const [event, setEvent] = useState<BulkEvent | null>(null);
  const [running, setRunning] = useState(false);
  const settle = async (how: 'keep_theirs' | 'take_mine'): Promise<void> => {
    stopper.current = new AbortController();
    setRunning(true);
    let last: BulkEvent | null = null;
    try {
      const { signal } = stopper.current;
      for await (const each of await client.sync.settleMany({ filter, how }, { signal })) setEvent((last = each));
    } catch (error) {
      if (!stopper.current.signal.aborted) say.failed(error);
    } finally {
      setRunning(false);
      setEvent(null);
    }
    const left = Object.values(last?.refused ?? {}).reduce((sum, n) => sum + n, 0);
    if (last && left === 0) setOpen(false);
    if (last) say.done(t(left > 0 ? 'sync.bulk.left' : 'sync.bulk.done', { n: last.settled, left }));
    setLeft(last?.refused ?? {});
  };
  const [left, setLeft] = useState<Readonly<Record<string, number>>>({});
  const close = (): void => {
    stopper.current?.abort();
    setOpen(false);
    setLeft({});
  };
  return (
    <>
      <p className="clash-bulk">
        <WriteButton onClick={() => setOpen(true)}>{t('sync.bulk', { n: total })}</WriteButton>
      </p>
      <Modal
        open={open}
        title={t('sync.bulk.title', { n: total })}
        onCancel={close}
        footer={null}
        destroyOnHidden
        width={480}
      >
        <p>{t('sync.bulk.hint')}</p>
        {running ? (
          <Progress
            label={t('sync.bulk.running')}
            done={event?.done ?? 0}
            total={event?.total ?? total}
            onCancel={() => stopper.current?.abort()}
          />
        ) : (
          <div className="clash-ways">
            <Button type="primary" onClick={() => void settle('keep_theirs')}>
              {t('sync.bulk.keep')}
            </Button>
            {takeable(filter) ? <Button onClick={() => void settle('take_mine')}>{t('sync.bulk.take')}</Button> : null}
          </div>
        )}
        {Object.entries(left).map(([code, n]) => (
          <p key={code} className="clash-note">
            {n} × {t(keyOf(`sync.bulk.why.${code}`) ?? 'sync.bulk.why.other')}
          </p>
        ))}
      </Modal>
    </>
  );
}
