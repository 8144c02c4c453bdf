/** A copy as it was handed in, to read and to search. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { dayOf } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';

const SHOWN = 300;
/** What scrolls can be reached by the keyboard; it is no control. */
const focusable = (element: HTMLElement | null): void => element?.setAttribute('tabindex', '0');

export function OldCopy({ id }: { id: string }): ReactNode {
  const t = useText();
  const [text, setText] = useState('');
  const { data, error, refetch } = useQuery(
    rpc.submissions.open.queryOptions({
      input: { id, text, limit: SHOWN },
      meta: { tables: [] },
      placeholderData: keepPreviousData,
    }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { submission, headers, rows, total } = data;
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('submissions')}>{t('submissions.back')}</Button>
          <Button type="primary" onClick={() => go(`submissions/compare/${id}`)}>
            {t('submissions.compareNow')}
          </Button>
        </>
      }
    >
      <div className="grid-bar">
        <strong>
          {t(`transfer.form.${submission.form}`)} {submission.number}
        </strong>
        <span>{dayOf(submission.made_at)}</span>
        <span className="field-hint">{t('submissions.rows', { n: total.toLocaleString() })}</span>
        {total > SHOWN ? <span className="field-hint">{t('submissions.firstRows', { n: SHOWN })}</span> : null}
        <span className="grid-space" />
        <Input
          className="grid-search"
          allowClear
          maxLength={100}
          value={text}
          onChange={({ target }) => setText(target.value)}
          placeholder={t('submissions.search')}
          aria-label={t('submissions.search')}
        />
      </div>
      <div className="old-copy" ref={focusable}>
        <table className="submissions">
          <thead>
            <tr>
              {headers.map((header) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join(' ')}>
                {row.map((value, column) => (
                  <td key={headers[column]}>{value ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
}
