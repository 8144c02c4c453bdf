/** Copies that were handed in. Routes: `submissions`, `submissions/ID`, `submissions/compare/OLDER/NEWER` (NEWER left out = now). */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Submission } from '../../../shared/features/submissions.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { saveFile } from '../../ui/files.ts';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { ReceiptDialog } from '../reports/receipt-dialog.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { fetchFile, XLSX } from '../transfer/pieces.ts';
import { Compared } from './compared.tsx';
import { OldCopy } from './old-copy.tsx';
import './submissions.css';

export function SubmissionsScreen({ rest }: ScreenProps): ReactNode {
  const [first, second, third] = rest;
  if (first === 'compare' && second !== undefined) return <Compared older={second} newer={third ?? null} />;
  return first === undefined ? <List /> : <OldCopy key={first} id={first} />;
}

function List(): ReactNode {
  const t = useText();
  const say = useSay();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Submission | null>(null);
  const { data, error, refetch } = useQuery(
    rpc.submissions.list.queryOptions({ meta: { tables: ['documents', 'receipts'] } }),
  );
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !state) return <Loading />;
  if (data.length === 0)
    return (
      <Page>
        <Empty title={t('submissions.none')} hint={t('submissions.noneHint')} />
      </Page>
    );
  const chosen = data.filter(({ id }) => picked.includes(id));
  const [newer, older] = chosen;
  const canCompare = newer !== undefined && (older === undefined || older.form === newer.form);
  const compare = (): void => {
    if (newer) go(older ? `submissions/compare/${older.id}/${newer.id}` : `submissions/compare/${newer.id}`);
  };
  const pick = (id: string): void =>
    setPicked((now) => (now.includes(id) ? now.filter((each) => each !== id) : [...now.slice(-1), id]));
  const download = async (id: string): Promise<void> => {
    try {
      const { file, content } = await fetchFile(await client.submissions.file({ id }), () => undefined);
      saveFile(file.name, content, XLSX);
    } catch (problem) {
      say.failed(problem);
    }
  };
  return (
    <Page
      scroll
      actions={
        <>
          <span className="field-hint submissions-hint">{t('submissions.compareHint')}</span>
          <Button type="primary" disabled={!canCompare} onClick={compare}>
            {t(older ? 'submissions.compareTwo' : 'submissions.compareNow')}
          </Button>
        </>
      }
    >
      <table className="submissions">
        <thead>
          <tr>
            <th scope="col">{t('submissions.compare')}</th>
            <th scope="col">{t('submissions.form')}</th>
            <th scope="col">{t('submissions.number')}</th>
            <th scope="col">{t('submissions.day')}</th>
            <th scope="col">{t('submissions.author')}</th>
            <th scope="col">{t('submissions.sent')}</th>
            <th scope="col">{t('submissions.received')}</th>
            <th scope="col">{t('field.receipts.archive_number')}</th>
            <th scope="col">{t('submissions.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {data.map((each) => (
            <tr key={each.id}>
              <td>
                <Checkbox
                  aria-label={t('submissions.pick', { number: each.number })}
                  checked={picked.includes(each.id)}
                  onChange={() => pick(each.id)}
                />
              </td>
              <td>{t(`transfer.form.${each.form}`)}</td>
              <td>{each.number}</td>
              <td>{showMoment(each.made_at)}</td>
              <td>{each.author.split('@')[0]}</td>
              <td>{each.receipt?.sent_to ?? '—'}</td>
              <td>
                {each.receipt?.receiver ? (
                  t('submissions.receivedBy', { who: each.receipt.receiver, day: each.receipt.received_on ?? '' })
                ) : (
                  <State tone="off">{t('submissions.notReceived')}</State>
                )}
              </td>
              <td>{each.receipt?.archive_number ?? '—'}</td>
              <td>
                <Button size="small" type="link" onClick={() => go(`submissions/${each.id}`)}>
                  {t('submissions.open')}
                </Button>
                <Button size="small" type="link" onClick={() => void download(each.id)}>
                  {t('submissions.download')}
                </Button>
                <WriteButton size="small" type="link" onClick={() => setAsked(each)}>
                  {t('submissions.receipt')}
                </WriteButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ReceiptDialog
        open={asked !== null}
        title={t('submissions.receipt')}
        today={state.today}
        known={asked?.receipt ?? null}
        run={async (receipt) => {
          if (asked) await client.submissions.receive({ id: asked.id, receipt });
          say.done(t('submissions.receiptSaved'));
        }}
        onClose={() => setAsked(null)}
      />
    </Page>
  );
}
