/** The duty log: a day with its entries, or what a search over all days finds. Routes: `duty`, `duty/2026-09-29`, `duty?note=…`. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { dutyKinds, type DutyEntry, type DutyKind } from '../../../shared/features/duty.ts';
import { addDays, isDay, weekday } from '../../../shared/day.ts';
import { keyOf, optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { DayCounts } from './counts.tsx';
import { Entry } from './entry.tsx';
import { NoteBox } from './note-box.tsx';
import './duty.css';

const shownKinds = dutyKinds.filter((kind) => kind !== 'void');
const tables = ['duty_entries', 'tickets', 'bindings', '_sweeps', 'calendar_days'];

export function DutyScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const wanted = rest[0] !== undefined && isDay(rest[0]) ? rest[0] : undefined;
  const [text, setText] = useState('');
  const [kinds, setKinds] = useState<readonly DutyKind[]>([]);
  const [security, setSecurity] = useState(false);
  const [voiding, setVoiding] = useState<DutyEntry | null>(null);
  const page = useQuery(
    rpc.duty.day.queryOptions({
      input: wanted === undefined ? {} : { day: wanted },
      meta: { tables },
      placeholderData: keepPreviousData,
    }),
  );
  const searching = text.trim() !== '';
  const found = useQuery(
    rpc.duty.search.queryOptions({
      input: { text, kinds: [...kinds], security },
      enabled: searching,
      meta: { tables },
      placeholderData: keepPreviousData,
    }),
  );
  if (page.error) return <Failed error={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <Loading />;
  const { day, today, shift, counts } = page.data;
  const show = (next: string): void => go(next >= today ? 'duty' : `duty/${next}`);
  const print = async (): Promise<void> => {
    try {
      go(`print/${(await client.duty.print({ day })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const passes = (entry: DutyEntry): boolean =>
    (kinds.length === 0 || kinds.includes(entry.kind)) && (!security || entry.security === true);
  const entries = searching ? (found.data ?? []) : page.data.entries.filter(passes);
  const narrowed = searching || kinds.length > 0 || security;
  const weekdayKey = keyOf(`today.weekday.${weekday(day)}`);
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('watch/check')}>{t('duty.check')}</Button>
          <Button disabled={page.data.entries.length === 0} onClick={() => void print()}>
            {t('duty.print')}
          </Button>
        </>
      }
    >
      <div className="grid-bar duty-bar">
        <Button aria-label={t('duty.earlier')} title={t('duty.earlier')} onClick={() => show(addDays(day, -1))}>
          ‹
        </Button>
        <DatePicker
          aria-label={t('duty.day')}
          allowClear={false}
          value={dayjs(day)}
          maxDate={dayjs(today)}
          onChange={(next: dayjs.Dayjs | null) => next && show(next.format('YYYY-MM-DD'))}
        />
        <Button
          aria-label={t('duty.later')}
          title={t('duty.later')}
          disabled={day >= today}
          onClick={() => show(addDays(day, 1))}
        >
          ›
        </Button>
        <span className="duty-weekday">
          {weekdayKey ? t(weekdayKey) : ''}
          {day === today ? ` · ${t('duty.today')}` : ''}
        </span>
        <span className="grid-space" />
        <Input
          className="grid-search"
          allowClear
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('duty.search')}
          aria-label={t('duty.search')}
        />
        <Select<DutyKind[]>
          mode="multiple"
          className="duty-kinds"
          value={[...kinds]}
          onChange={setKinds}
          maxTagCount={1}
          placeholder={t('duty.filter_kind')}
          aria-label={t('duty.filter_kind')}
          options={shownKinds.map((each) => ({ value: each, label: optionLabel(t, 'duty_entries', 'kind', each) }))}
          popupMatchSelectWidth={false}
        />
        <Checkbox checked={security} onChange={({ target }) => setSecurity(target.checked)}>
          {t('duty.security_only')}
        </Checkbox>
      </div>
      <div className="duty">
        <div className="duty-main">
          {searching ? (
            <p className="grid-count">{t('duty.found', { n: entries.length })}</p>
          ) : (
            <NoteBox
              key={`${day} ${query['note'] ?? ''}`}
              day={day}
              today={today}
              shift={shift}
              begin={query['note'] ?? ''}
            />
          )}
          {found.error && searching ? <Failed error={found.error} /> : null}
          <ul className="duty-list" aria-label={t('duty.title')}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} withDay={searching} onVoid={setVoiding} />
            ))}
          </ul>
          {entries.length === 0 && narrowed ? <Empty title={t('duty.found_none')} /> : null}
          {entries.length === 0 && !narrowed ? (
            <Empty title={t('duty.empty', { day })} hint={t('duty.empty_hint')} />
          ) : null}
        </div>
        {searching ? null : <DayCounts day={day} counts={counts} />}
      </div>
      <ReasonDialog
        open={voiding !== null}
        title={t('duty.void_title')}
        text={t('duty.void_text')}
        danger
        run={async (reason) => {
          if (voiding) await client.duty.void({ id: voiding.id, reason });
        }}
        onClose={() => setVoiding(null)}
      />
    </Page>
  );
}
