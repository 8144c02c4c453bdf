/** Several findings settled at once: what it needs to know, what would be done to each and what would be refused and why; then one press. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { AcceptAction, AcceptOrder, AcceptRow } from '../../../shared/features/discovery/findings.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { isComposing, matchesKey, useKey } from '../../ui/keys.ts';
import { Loading } from '../../ui/blank.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { Key } from '../../ui/text.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { AcceptFields, givenAtFirst, type Given } from './accept-fields.tsx';
import { AcceptRows } from './accept-rows.tsx';
import type { Entry } from './entries.ts';
import { actKey } from './offers.ts';

export interface Settling {
  readonly action: AcceptAction;
  readonly entries: readonly Entry[];
}
interface AcceptSheetProps {
  readonly settling: Settling | null;
  readonly sweepId: string;
  readonly today: string;
  readonly onClose: () => void;
}
export function AcceptSheet({ settling, ...rest }: AcceptSheetProps): ReactNode {
  return settling === null ? null : <Open key={settling.action} settling={settling} {...rest} />;
}
const WIDTH = 720;
/** A look at thousands of rows takes the engine a second: it is asked when the typing rests. */
const REST_MS = 300;
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

const none: readonly AcceptRow[] = [];

function Open({ settling, sweepId, today, onClose }: AcceptSheetProps & { settling: Settling }): ReactNode {
  const { action, entries } = settling;
  const t = useText();
  const say = useSay();
  const { done } = useUndoable();
  const [given, setGiven] = useState<Given>(() => givenAtFirst(today, t('discovery.accept_reason')));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [left, setLeft] = useState<readonly AcceptRow[] | null>(null);
  const asked = useSettled(given);
  const { person_id, location_id, category, ...rest } = asked;
  const order: AcceptOrder = {
    sweep_id: sweepId,
    action,
    rows: entries.map(({ key }) => ({ key })),
    all: { person_id, location_id, category },
    ...rest,
  };
  const preview = useQuery({
    ...rpc.discovery.preview.queryOptions({ input: order, meta: { tables: [] } }),
    placeholderData: keepPreviousData,
    enabled: left === null,
    structuralSharing: false,
    gcTime: 0,
  });
  const rows = left ?? preview.data?.rows ?? none;
  const stale = asked !== given || preview.isFetching;
  const ready = rows.filter(({ refused }) => refused === null);

  const run = async (): Promise<void> => {
    if (busy || stale || ready.length === 0 || left !== null) return;
    setBusy(true);
    setFailure(null);
    try {
      const settled = await client.discovery.accept({
        ...order,
        rows: ready.map(({ key, stamp }) => ({ key, stamp })),
      });
      if (settled.batch !== null)
        done(t('discovery.accepted', { action: t(actKey(action)), count: settled.counts.ready }), settled.batch);
      if (settled.refused.length === 0) onClose();
      else setLeft(settled.refused);
    } catch (error) {
      setFailure(sentenceOf(error, t));
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  // where no input has the keyboard
  useKey('ctrl+enter', () => void run());
  const problem = preview.error ? sentenceOf(preview.error, t) : failure;
  const refused = rows.length - ready.length;
  return (
    <Sheet
      open
      width={WIDTH}
      title={t('discovery.accept_title', { action: t(actKey(action)), count: entries.length })}
      onClose={onClose}
      footer={
        <div className="form-foot">
          <span className="form-hint">
            <Key>Ctrl Enter</Key> {t('discovery.accept_run')} <Key>Esc</Key> {t('common.close')}
          </span>
          <Button onClick={onClose}>{t(left === null ? 'common.cancel' : 'common.close')}</Button>
          {left === null ? (
            <Button type="primary" disabled={ready.length === 0 || stale} loading={busy} onClick={() => void run()}>
              {t('discovery.accept_now', { count: ready.length })}
            </Button>
          ) : null}
        </div>
      }
    >
      <div
        className="accept"
        // before a picker inside takes the Enter for itself
        onKeyDownCapture={(event) => {
          if (isComposing(event.nativeEvent) || !matchesKey(event.nativeEvent, 'ctrl+enter')) return;
          event.preventDefault();
          event.stopPropagation();
          void run();
        }}
      >
        {left === null ? (
          <AcceptFields action={action} count={entries.length} given={given} onChange={setGiven} />
        ) : null}
        {problem === null ? null : <Alert type="error" showIcon title={problem} role="alert" />}
        <p className="accept-sum" aria-live="polite">
          {left === null
            ? t(refused === 0 ? 'discovery.accept_ready' : 'discovery.accept_some', { ready: ready.length, refused })
            : t('discovery.accept_left', { refused })}
        </p>
        {preview.isPending && left === null ? <Loading /> : <AcceptRows rows={rows} />}
      </div>
    </Sheet>
  );
}
