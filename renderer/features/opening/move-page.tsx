/** Moving to another room: who moves, where to, which outlet and port, the next address; then the notice and the command lines. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { MoveInput } from '../../../shared/features/opening.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { DeviceButton } from './device-dialog.tsx';
import { MoveLine, type LineWish } from './move-line.tsx';

const TABLES = ['bindings', 'subnets', 'address_ranges', 'assets', 'people', 'locations'];
interface Done {
  readonly batch: string;
  readonly ids: readonly string[];
  readonly old: readonly string[];
  readonly document: string;
}

export function MovePage({ query }: { query: ScreenProps['query'] }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const { person, binding, asset } = query;
  const [room, setRoom] = useState<string | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const [personToo, setPersonToo] = useState(person !== undefined);
  const [wishes, setWishes] = useState<Readonly<Record<string, LineWish>>>({});
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const who = useQuery({
    ...rpc.opening.moving.queryOptions({
      input: { person_id: person, binding_id: binding, asset_id: asset },
      meta: { tables: TABLES },
    }),
    // what moved is not asked about again: the page goes on showing the move
    enabled: done === null,
  });
  const input: Omit<MoveInput, 'reason'> | null =
    room === null || !who.data || who.data.bindings.length === 0
      ? null
      : {
          location_id: room,
          lines: who.data.bindings.map(({ id }) => ({ id, ...wishes[id] })),
          person_id: personToo ? who.data.person_id : null,
          department: personToo ? (department ?? who.data.department) : null,
        };
  const plan = useQuery({
    ...rpc.opening.movePlan.queryOptions({
      input: input ?? { location_id: '', lines: [{ id: '' }] },
      meta: { tables: TABLES },
      placeholderData: keepPreviousData,
    }),
    enabled: input !== null && done === null,
  });
  const lines = input && plan.data ? plan.data.lines : [];
  const isReady = lines.length > 0 && lines.every(({ problem }) => problem === null) && reason.trim() !== '';
  const run = async (): Promise<void> => {
    if (!input || !isReady) return;
    setBusy(true);
    try {
      const moved = await client.opening.move({ ...input, reason: reason.trim() });
      const old = lines.filter(({ before, after }) => after?.id !== before.id).map(({ id }) => id);
      setDone({ batch: moved.batch, ids: moved.ids, old, document: moved.document_id });
      undoable.done(t('opening.move.done'), moved.batch);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  if (who.error) return <Failed error={who.error} retry={() => void who.refetch()} />;
  if (!who.data) return <Loading />;
  const { refs, bindings } = who.data;
  const name = refs[who.data.person_id ?? ''] ?? '';
  return (
    <Page>
      <div className="open-move">
        <h2>{t('opening.move.title', { name })}</h2>
        {bindings.length === 0 ? <Empty title={t('opening.move.none')} /> : null}
        {done ? <MoveDone done={done} /> : null}
        {bindings.length > 0 && !done ? (
          <>
            <div className="open-seat-form form-group">
              <div className="field">
                <label htmlFor="move-room">{t('opening.move.room')}</label>
                <RefPicker
                  id="move-room"
                  table="locations"
                  autoFocus
                  value={room}
                  onChange={(id) => {
                    setRoom(id);
                    setWishes({});
                  }}
                />
              </div>
              <div className="field">
                <label htmlFor="move-department">{t('opening.move.department')}</label>
                <Input
                  id="move-department"
                  maxLength={60}
                  disabled={!personToo}
                  value={department ?? who.data.department ?? ''}
                  onChange={(event) => setDepartment(event.target.value)}
                />
              </div>
              <div className="field">
                <label htmlFor="move-reason">{t('common.reason')}</label>
                <Input
                  id="move-reason"
                  maxLength={200}
                  placeholder={t('opening.move.hint')}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </div>
              <Checkbox checked={personToo} onChange={(event) => setPersonToo(event.target.checked)}>
                {t('opening.move.person_too')}
              </Checkbox>
            </div>
            {room === null ? <p className="field-hint">{t('opening.move.pick_room')}</p> : null}
            {plan.error && input ? <Failed error={plan.error} /> : null}
            <div className="open-move-lines">
              {lines.map((line) => (
                <MoveLine
                  key={`${room}-${line.id}`}
                  line={line}
                  refs={{ ...refs, ...plan.data?.refs }}
                  wish={wishes[line.id] ?? {}}
                  onChange={(wish) => setWishes({ ...wishes, [line.id]: wish })}
                />
              ))}
            </div>
            <div className="open-head">
              <Button onClick={() => history.back()}>{t('common.cancel')}</Button>
              <WriteButton
                type="primary"
                loading={busy}
                disabled={!isReady || plan.isFetching}
                onClick={() => void run()}
              >
                {t('opening.move.apply')}
              </WriteButton>
            </div>
          </>
        ) : null}
      </div>
    </Page>
  );
}

function MoveDone({ done }: { done: Done }): ReactNode {
  const t = useText();
  return (
    <>
      <Alert type="success" showIcon role="status" title={t('opening.move.done')} />
      <div className="open-head">
        <Button type="primary" autoFocus onClick={() => go(`print/${done.document}`)}>
          {t('opening.move.print')}
        </Button>
        {done.old.length > 0 ? (
          <span className="open-head">
            {t('opening.device.for_old')} <DeviceButton wanted={{ ids: done.old }} start="remove" />
          </span>
        ) : null}
        <span className="open-head">
          {t('opening.device.for_new')} <DeviceButton wanted={{ ids: done.ids }} start="add" />
        </span>
        <Button onClick={() => go(`addresses/${done.ids[0] ?? ''}`)}>{t('opening.to_list')}</Button>
      </div>
    </>
  );
}
