/** Monthly reports: the list, a new one, one with its sections. Routes: `reports`, `reports/new`, `reports/ID`. */
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { dueRules, reports } from '../../../shared/features/reports.ts';
import { monthBefore } from '../../../shared/features/reports/figures.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { OneReport } from './one.tsx';
import { Field } from './receipt-dialog.tsx';
import './reports.css';

const columns = [
  { field: 'month', width: 100 },
  { field: 'location_id', width: 200 },
  { field: 'state', width: 110 },
  { field: 'due_on', width: 120 },
  { field: 'submitted_on', width: 120 },
  { field: 'reporter', width: 110 },
  { field: 'number', width: 200 },
  { field: 'taken_at', width: 160 },
] as const;

export function ReportsScreen({ rest }: ScreenProps): ReactNode {
  const [first] = rest;
  return first !== undefined && first !== 'new' ? (
    <OneReport key={first} id={first} />
  ) : (
    <List isNew={first === 'new'} />
  );
}

function List({ isNew }: { isNew: boolean }): ReactNode {
  const t = useText();
  const start = (
    <WriteButton type="primary" onClick={() => go('reports/new')}>
      {t('reports.new')}
    </WriteButton>
  );
  return (
    <Page
      actions={
        <>
          <DueRule />
          {start}
        </>
      }
    >
      <RecordTable
        id="reports"
        record={reports}
        list={rpc.reports.list}
        columns={columns}
        onOpen={(row) => go(`reports/${row.id}`)}
        empty={
          <Empty title={t('reports.none')} hint={t('reports.noneHint')}>
            {start}
          </Empty>
        }
      />
      <NewReport open={isNew} />
    </Page>
  );
}

/** 5日遇休息日: 提前 or 顺延. */
function DueRule(): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: status, refetch } = useQuery(
    rpc.reports.status.queryOptions({ meta: { tables: ['reports', 'settings'] } }),
  );
  if (!status) return null;
  const change = async (rule: (typeof dueRules)[number]): Promise<void> => {
    try {
      await client.reports.setRule({ rule });
      const { data } = await refetch();
      if (data) say.done(t('reports.ruleSaved', { day: data.due_on }));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <span className="reports-rule">
      <span>{t('reports.rule')}</span>
      <Segmented
        aria-label={t('reports.rule')}
        value={status.rule}
        options={dueRules.map((value) => ({ value, label: t(`reports.rule.${value}`) }))}
        onChange={(rule) => void change(rule)}
      />
    </span>
  );
}

function NewReport({ open }: { open: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const [month, setMonth] = useState<string | null>(null);
  const [area, setArea] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!state) return null;
  const chosen = month ?? monthBefore(state.today.slice(0, 7));
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const { id } = await client.reports.draft({ month: chosen, location_id: area });
      go(`reports/${id}`);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      open={open}
      title={t('reports.new')}
      onClose={() => go('reports')}
      footer={
        <div className="form-foot">
          <Button onClick={() => go('reports')}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => void make()}>
            {t('reports.new')}
          </Button>
        </div>
      }
    >
      <div className="form">
        <Field label={t('reports.newMonth')}>
          {(id) => (
            <DatePicker
              id={id}
              picker="month"
              allowClear={false}
              value={dayjs(`${chosen}-01`)}
              maxDate={dayjs(state.today)}
              onChange={(picked: dayjs.Dayjs | null) => picked && setMonth(picked.format('YYYY-MM'))}
            />
          )}
        </Field>
        <Field label={t('reports.newArea')}>
          {(id) => <RefPicker id={id} table="locations" value={area} onChange={setArea} />}
        </Field>
      </div>
    </Sheet>
  );
}
