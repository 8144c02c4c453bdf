/** The subnet as it was on a day, beside today: who had what, and what became of it. */
import { useQuery } from '@tanstack/react-query';
import { Checkbox, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import type { DayChange } from '../../../shared/features/ipam/on-day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { Mac, NONE } from '../../ui/text.tsx';
import { timelineTables } from './timeline.tsx';

const tones: Record<DayChange, Tone> = { same: 'off', changed: 'warn', given: 'good', released: 'off' };
/** As many rows as are drawn at once; the rest is asked for by showing changes only. */
const SHOWN = 1000;
interface Held {
  readonly person: string;
  readonly mac: string | null;
  readonly place: string;
}

export function SubnetOnDay({ subnetId }: { subnetId: string }): ReactNode {
  const t = useText();
  const id = useId();
  const [day, setDay] = useState<string | null>(null);
  const [changesOnly, setChangesOnly] = useState(false);
  return (
    <div className="on-day">
      <div className="on-day-ask">
        <label htmlFor={id}>{t('ipam.onDay.ask')}</label>
        <DatePicker
          id={id}
          value={day ? dayjs(day) : null}
          maxDate={dayjs()}
          onChange={(date) => setDay(date ? date.format('YYYY-MM-DD') : null)}
        />
        <Checkbox checked={changesOnly} onChange={(event) => setChangesOnly(event.target.checked)}>
          {t('ipam.onDay.changes')}
        </Checkbox>
      </div>
      {day === null ? (
        <Empty title={t('ipam.onDay.title')} hint={t('ipam.onDay.hint')} />
      ) : (
        <DayTable subnetId={subnetId} day={day} changesOnly={changesOnly} />
      )}
    </div>
  );
}

function DayTable({ subnetId, day, changesOnly }: { subnetId: string; day: string; changesOnly: boolean }): ReactNode {
  const t = useText();
  const answer = useQuery(
    rpc.addressing.onDay.queryOptions({ input: { subnet_id: subnetId, day }, meta: { tables: timelineTables } }),
  );
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  const rows = answer.data.rows.filter(({ change }) => !changesOnly || change !== 'same');
  if (rows.length === 0)
    return <Empty title={t(changesOnly ? 'ipam.onDay.unchanged' : 'ipam.onDay.nobody', { day })} />;
  const heads = ['IP', t('ipam.onDay.then', { day }), t('ipam.onDay.now'), t('ipam.onDay.change')];
  return (
    <div className="on-day-table">
      <table>
        <caption>{t('ipam.onDay.caption', { day, n: rows.length })}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map(({ ip, change, was, now }) => (
            <tr key={ip}>
              <td className="mono">
                <a href={`${to('who')}?ip=${ip}&day=${day}`}>{ip}</a>
              </td>
              <HolderCell held={was} />
              <HolderCell held={now} />
              <td>
                <State tone={tones[change]}>{t(`ipam.onDay.${change}`)}</State>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN ? <p className="field-hint">{t('ipam.onDay.more', { n: rows.length - SHOWN })}</p> : null}
    </div>
  );
}

const HolderCell = ({ held }: { held: Held | null }): ReactNode => (
  <td>
    {held === null ? (
      NONE
    ) : (
      <>
        <div>{[held.person, held.place].filter(Boolean).join(' · ')}</div>
        <Mac hex={held.mac} />
      </>
    )}
  </td>
);
