/** Seats of a computer room to addresses: every seat is shown with what it would get, and why one is left out. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { SeatInput, SeatVerdict } from '../../../shared/features/opening.ts';
import {
  MOST_SEATS,
  patternFor,
  seatLabel,
  seatOrders,
  type SeatOrder,
} from '../../../shared/features/opening/seats.ts';
import { showMac } from '../../../shared/mac.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed } from '../../ui/blank.tsx';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { DeviceButton } from './device-dialog.tsx';
import { Ways } from './ways.tsx';

interface Wish {
  readonly location_id: string | null;
  readonly subnet_id: string | null;
  readonly person_id: string | null;
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  readonly pattern: string;
  /** What the room's name suggested; a pattern that is still this one follows the room. */
  readonly proposed: string;
  readonly order: SeatOrder;
}
const START: Wish = {
  location_id: null,
  subnet_id: null,
  person_id: null,
  first: 1,
  last: 60,
  offset: 0,
  pattern: patternFor(''),
  proposed: patternFor(''),
  order: 'order',
};
const TABLES = ['bindings', 'subnets', 'address_ranges', 'assets', 'people', 'locations'];

const whole = ({ location_id, subnet_id, person_id, proposed: _proposed, ...rest }: Wish): SeatInput | null =>
  location_id && subnet_id && person_id && rest.pattern.trim() !== ''
    ? { ...rest, location_id, subnet_id, person_id }
    : null;

export function SeatsPage(): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [wish, setWish] = useState(START);
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ ids: readonly string[]; batch: string } | null>(null);
  const room = wish.location_id;
  const { data: suggested } = useQuery({
    ...rpc.ipam.suggest.queryOptions({ input: { location_id: room }, meta: { tables: TABLES } }),
    enabled: room !== null && wish.subnet_id === null,
  });
  const filled: Wish = {
    ...wish,
    subnet_id: wish.subnet_id ?? (room === null ? null : (suggested?.subnet_id ?? null)),
  };
  const input = whole(filled);
  const plan = useQuery({
    ...rpc.opening.seatPlan.queryOptions({
      input: input ?? { location_id: '', subnet_id: '', person_id: '', pattern: '-', first: 1, last: 1 },
      meta: { tables: TABLES },
      placeholderData: keepPreviousData,
    }),
    enabled: input !== null && !busy && done === null,
  });
  // What was just given out would stand there as taken, all in red.
  const rows = input && done === null && plan.data && !plan.error ? plan.data.rows : [];
  const ok = rows.filter(({ is }) => is === 'ok').length;
  const run = async (): Promise<void> => {
    if (!input) return;
    setBusy(true);
    try {
      const { ids, batch } = await client.opening.seats(input);
      setDone({ ids, batch });
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const change = (more: Partial<Wish>): void => {
    setWish({ ...wish, ...more });
    setDone(null);
  };
  const takeBack = async (batch: string): Promise<void> => {
    if (await undoable.undo(batch)) setDone(null);
  };
  return (
    <Page>
      <div className="open-seats">
        <div className="open-head">
          <Ways way="seats" />
          <span className="grid-space" />
          <WriteButton type="primary" loading={busy} disabled={ok === 0 || plan.isFetching} onClick={() => void run()}>
            {t('opening.seat.apply', { n: ok })}
          </WriteButton>
        </div>
        <SeatForm wish={filled} titles={suggested?.refs ?? {}} onChange={change} />
        {done ? (
          <Alert
            type="success"
            showIcon
            title={t('opening.seat.done', { n: done.ids.length })}
            action={
              <span className="open-head">
                <DeviceButton wanted={{ ids: done.ids }} />
                <Button onClick={() => go('addresses')}>{t('opening.to_list')}</Button>
                <Button onClick={() => void takeBack(done.batch)}>{t('common.undo')}</Button>
              </span>
            }
          />
        ) : null}
        {plan.error && input ? <Failed error={plan.error} /> : null}
        {rows.length > 0 ? (
          <>
            <div className="open-head">
              <strong role="status">
                {t('opening.seat.counts', {
                  n: rows.length,
                  ok,
                  wrong: rows.length - ok,
                  machines: plan.data?.machines ?? 0,
                })}
              </strong>
              <span className="grid-space" />
              <Checkbox checked={onlyWrong} onChange={(event) => setOnlyWrong(event.target.checked)}>
                {t('opening.only_wrong')}
              </Checkbox>
            </div>
            <Seats
              rows={onlyWrong ? rows.filter(({ is }) => is === 'wrong') : rows}
              last={filled.last}
              refs={plan.data?.refs ?? {}}
            />
          </>
        ) : input === null ? (
          <Empty title={t('opening.seats')} hint={t('opening.seat.fill')} />
        ) : null}
      </div>
    </Page>
  );
}

interface SeatFormProps {
  readonly wish: Wish;
  readonly titles: Readonly<Record<string, string>>;
  readonly onChange: (more: Partial<Wish>) => void;
}
function SeatForm({ wish, titles, onChange }: SeatFormProps): ReactNode {
  const t = useText();
  const named = (room: string | null): Partial<Wish> => {
    const proposed = patternFor(room ?? '');
    return { proposed, ...(wish.pattern === wish.proposed ? { pattern: proposed } : {}) };
  };
  const pick = (name: 'location_id' | 'subnet_id' | 'person_id', table: string): ReactNode => (
    <div className="field">
      <label htmlFor={`seat-${name}`}>{t(`opening.seat.${name}`)}</label>
      <RefPicker
        id={`seat-${name}`}
        table={table}
        autoFocus={name === 'location_id'}
        value={wish[name]}
        title={titles[String(wish[name])]}
        onChange={(id, title) =>
          onChange({ [name]: id, ...(name === 'location_id' ? { subnet_id: null, ...named(title) } : {}) })
        }
      />
    </div>
  );
  const number = (name: 'first' | 'last' | 'offset', min: number, max: number): ReactNode => (
    <div className="field">
      <label htmlFor={`seat-${name}`}>{t(`opening.seat.${name}`)}</label>
      <InputNumber
        id={`seat-${name}`}
        className="wide"
        min={min}
        max={max}
        precision={0}
        value={wish[name]}
        onChange={(value) => onChange({ [name]: value ?? START[name] })}
      />
      {name === 'offset' ? <p className="field-hint">{t('opening.seat.offset_hint')}</p> : null}
    </div>
  );
  return (
    <div className="open-seat-form form-group">
      {pick('location_id', 'locations')}
      {pick('subnet_id', 'subnets')}
      {pick('person_id', 'people')}
      <div className="field">
        <label htmlFor="seat-order">{t('opening.seat.order')}</label>
        <Select<SeatOrder>
          id="seat-order"
          value={wish.order}
          options={seatOrders.map((value) => ({ value, label: t(`opening.seat.order.${value}`) }))}
          onChange={(order) => onChange({ order })}
        />
      </div>
      {number('first', 1, 9999)}
      {number('last', 1, wish.first + MOST_SEATS - 1)}
      {number('offset', -9999, 65_000)}
      <div className="field">
        <label htmlFor="seat-pattern">{t('opening.seat.pattern')}</label>
        <Input
          id="seat-pattern"
          className="mono"
          maxLength={60}
          value={wish.pattern}
          onChange={(event) => onChange({ pattern: event.target.value })}
        />
        <p className="field-hint">{t('opening.seat.pattern_hint')}</p>
      </div>
    </div>
  );
}

interface SeatsProps {
  readonly rows: readonly SeatVerdict[];
  readonly last: number;
  readonly refs: Readonly<Record<string, string>>;
}
function Seats({ rows, last, refs }: SeatsProps): ReactNode {
  const t = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling list is reached by keyboard
    <div className="open-rows" tabIndex={0} role="region" aria-label={t('opening.seats')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('opening.seat.seat')}</th>
            <th scope="col">{t('opening.cell.ip')}</th>
            <th scope="col">{t('opening.cell.hostname')}</th>
            <th scope="col">{t('opening.seat.asset')}</th>
            <th scope="col">{t('opening.cell.mac')}</th>
            <th scope="col" className="open-verdict">
              {t('opening.verdict')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seat} className={row.is === 'wrong' ? 'wrong' : ''}>
              <td className="plain mono">{seatLabel(row.seat, last)}</td>
              <td className="plain mono">{row.ip}</td>
              <td className="plain mono">{row.hostname}</td>
              <td className="plain">{row.asset_id === null ? '' : refs[row.asset_id]}</td>
              <td className="plain mono">{row.mac === null ? '' : showMac(row.mac)}</td>
              <td className="open-verdict">
                {row.problem ? (
                  <span className="open-why">{refusalText(t, row.problem.code, row.problem.params)}</span>
                ) : (
                  <State tone={row.state === 'active' ? 'good' : 'await'}>
                    {t(row.state === 'active' ? 'opening.ok' : 'opening.seat.reserved')}
                  </State>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
