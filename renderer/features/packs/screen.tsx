/** Submission packs: what was handed in, and a new one. Routes: `packs`, `packs/new`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { saveFile } from '../../ui/files.ts';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { State } from '../../ui/state.tsx';
import { Field, ReceiptDialog } from '../reports/receipt-dialog.tsx';
import '../submissions/submissions.css';
import { WriteButton } from '../sync/write-button.tsx';
import { fetchFile, XLSX } from '../transfer/pieces.ts';

export function PacksScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(
    rpc.packs.list.queryOptions({ meta: { tables: ['documents', 'receipts'] } }),
  );
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !state) return <Loading />;
  const start = (
    <WriteButton type="primary" onClick={() => go('packs/new')}>
      {t('packs.new')}
    </WriteButton>
  );
  const download = async (id: string): Promise<void> => {
    try {
      const { file, content } = await fetchFile(await client.packs.file({ id }), () => undefined);
      saveFile(file.name, content, XLSX);
    } catch (problem) {
      say.failed(problem);
    }
  };
  return (
    <Page scroll actions={start}>
      {data.length === 0 ? (
        <Empty title={t('packs.none')} hint={t('packs.noneHint')}>
          {start}
        </Empty>
      ) : (
        <table className="submissions">
          <thead>
            <tr>
              <th scope="col">{t('submissions.number')}</th>
              <th scope="col">{t('packs.name')}</th>
              <th scope="col">{t('packs.to')}</th>
              <th scope="col">{t('packs.on')}</th>
              <th scope="col">{t('submissions.received')}</th>
              <th scope="col">{t('submissions.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ document, receipt }) => (
              <tr key={document.id}>
                <td>{document.number}</td>
                <td>{document.title}</td>
                <td>{receipt?.sent_to ?? '—'}</td>
                <td>{receipt?.sent_on ?? '—'}</td>
                <td>
                  {receipt?.receiver ? (
                    t('submissions.receivedBy', { who: receipt.receiver, day: receipt.received_on ?? '' })
                  ) : (
                    <State tone="off">{t('submissions.notReceived')}</State>
                  )}
                </td>
                <td>
                  <Button size="small" type="link" onClick={() => go(`print/${document.id}`)}>
                    {t('packs.print')}
                  </Button>
                  <Button size="small" type="link" onClick={() => void download(document.id)}>
                    {t('submissions.download')}
                  </Button>
                  <WriteButton size="small" type="link" onClick={() => setAsked(document.id)}>
                    {t('submissions.receipt')}
                  </WriteButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rest[0] === 'new' ? <NewPack today={state.today} /> : null}
      <ReceiptDialog
        open={asked !== null}
        title={t('submissions.receipt')}
        today={state.today}
        known={data.find(({ document }) => document.id === asked)?.receipt ?? null}
        run={async (receipt) => {
          if (asked) await client.packs.receive({ id: asked, receipt });
          say.done(t('submissions.receiptSaved'));
        }}
        onClose={() => setAsked(null)}
      />
    </Page>
  );
}

function NewPack({ today }: { today: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: parts } = useQuery(
    rpc.packs.parts.queryOptions({ meta: { tables: ['subnets', 'reports', 'cables'] } }),
  );
  /** Null: all of them. */
  const [subnets, setSubnets] = useState<string[] | null>(null);
  const [topology, setTopology] = useState(true);
  const [report, setReport] = useState<string | null>(null);
  const [to, setTo] = useState(t('packs.toDefault'));
  const [on, setOn] = useState(today);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const document = await client.packs.make({
        ...(subnets === null ? {} : { subnets }),
        topology,
        report_id: report,
        receipt: { sent_to: to, sent_on: on },
      });
      go(`print/${document.id}`);
    } catch (error) {
      say.failed(error);
      setBusy(false);
    }
  };
  const close = (): void => go('packs');
  return (
    <Sheet
      open
      title={t('packs.new')}
      onClose={close}
      footer={
        <div className="form-foot">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!parts || to.trim() === ''} onClick={() => void make()}>
            {t('packs.make')}
          </Button>
        </div>
      }
    >
      {parts ? (
        <div className="form">
          {parts.missing.map(({ form, code }) => {
            const why = keyOf(`refusal.${code}`);
            return (
              <p key={form} className="field-hint">
                {t('packs.missingPart', { form: t(`form.${form}`), why: why ? t(why) : code })}
              </p>
            );
          })}
          <div className="field">
            <span className="field-label">{t('packs.what')}</span>
            <Checkbox checked={subnets === null} onChange={({ target }) => setSubnets(target.checked ? null : [])}>
              {t('packs.allSubnets', { n: parts.subnets.length })}
            </Checkbox>
            {subnets === null ? null : (
              <Select<string[]>
                mode="multiple"
                aria-label={t('packs.chosen')}
                placeholder={t('packs.chosen')}
                value={subnets}
                onChange={setSubnets}
                optionFilterProp="label"
                options={parts.subnets.map(({ id, title }) => ({ value: id, label: title }))}
              />
            )}
            <Checkbox checked={topology} onChange={({ target }) => setTopology(target.checked)}>
              {t('packs.topology')}
            </Checkbox>
          </div>
          <Field label={t('packs.report')}>
            {(id) => (
              <Select<string>
                id={id}
                allowClear
                value={report}
                onChange={(value: string | undefined) => setReport(value ?? null)}
                options={parts.reports.map(({ id: value, month, number }) => ({ value, label: `${month}　${number}` }))}
              />
            )}
          </Field>
          <Field label={t('packs.to')}>
            {(id) => <Input id={id} maxLength={100} value={to} onChange={({ target }) => setTo(target.value)} />}
          </Field>
          <Field label={t('packs.on')}>
            {(id) => (
              <DatePicker
                id={id}
                allowClear={false}
                value={dayjs(on)}
                onChange={(picked: dayjs.Dayjs | null) => picked && setOn(picked.format('YYYY-MM-DD'))}
              />
            )}
          </Field>
        </div>
      ) : (
        <Loading />
      )}
    </Sheet>
  );
}
