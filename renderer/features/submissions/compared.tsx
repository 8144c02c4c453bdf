/** What one copy says that the other did not, cell by cell, with when, by whom and why. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';

/** Lines on the screen; the workbook has them all. */
const SHOWN = 500;

export function Compared({ older, newer }: { older: string; newer: string | null }): ReactNode {
  const t = useText();
  const tables = newer === null ? ['bindings', 'people', 'assets', 'subnets', 'locations', 'documents'] : ['documents'];
  const { data, error, refetch } = useQuery(
    rpc.submissions.compare.queryOptions({ input: { older, newer }, meta: { tables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { changes, counts } = data;
  return (
    <Page scroll actions={<Button onClick={() => go('submissions')}>{t('submissions.back')}</Button>}>
      <div className="compared">
        <h2>
          {t('submissions.between', { older: data.older.number, newer: data.newer?.number ?? t('submissions.now') })}
        </h2>
        <p>{t('submissions.counts', counts)}</p>
        {changes.length === 0 ? <Empty title={t('submissions.same')} /> : null}
        {changes.length > SHOWN ? <p className="field-hint">{t('submissions.firstRows', { n: SHOWN })}</p> : null}
        {changes.length > 0 ? (
          <table className="submissions">
            <thead>
              <tr>
                <th scope="col">{t('submissions.who')}</th>
                <th scope="col">{t('submissions.key')}</th>
                <th scope="col">{t('submissions.what')}</th>
                <th scope="col">{t('submissions.before')}</th>
                <th scope="col">{t('submissions.after')}</th>
                <th scope="col">{t('submissions.changedOn')}</th>
                <th scope="col">{t('submissions.by')}</th>
                <th scope="col">{t('submissions.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.slice(0, SHOWN).map((change) => (
                <tr key={`${change.id} ${change.what}`} className={`mark-${change.mark}`}>
                  <td>{change.who}</td>
                  <td>{change.key}</td>
                  <td>{change.mark === 'changed' ? change.what : t(`submissions.mark.${change.mark}`)}</td>
                  <td>{change.before || '—'}</td>
                  <td className="compared-now">{change.after || '—'}</td>
                  <td>{change.day}</td>
                  <td>{change.by}</td>
                  <td>{change.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
    </Page>
  );
}
