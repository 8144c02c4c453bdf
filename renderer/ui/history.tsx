/** What happened to a record, newest first: who, when, and each field before and after. */
import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../shared/history.ts';
import { recordOf } from '../../shared/records.ts';
import { fieldLabel, keyOf, useText } from '../i18n.ts';
import { Empty, Failed, Loading } from './blank.tsx';
import { State } from './state.tsx';
import { valueText, type Refs } from './table/columns.tsx';
import { Moment, NONE } from './text.tsx';

interface HistoryListProps {
  readonly table: string;
  /** The answer of `useQuery(rpc.x.history.queryOptions(...))`. */
  readonly query: {
    readonly data?: { readonly entries: readonly HistoryEntry[]; readonly refs: Refs } | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
}

export function HistoryList({ table, query }: HistoryListProps): ReactNode {
  const t = useText();
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { entries, refs } = query.data;
  if (entries.length === 0) return <Empty title={t('history.nothing')} />;
  return (
    <ol className="history">
      {entries.map((entry) => (
        <li key={`${entry.batch}-${entry.at}-${entry.op}`}>
          <div className="history-head">
            <span className="history-what">{commandText(entry.command, t)}</span>
            <span className="history-who">{entry.actor}</span>
            <Moment at={entry.at} />
            {entry.confirmed ? null : <State tone="off">{t('history.unsynced')}</State>}
            {entry.undone === null ? null : <State tone="bad">{t(`history.${entry.undone}`)}</State>}
          </div>
          {entry.reason === null ? null : (
            <p className="history-reason">{t('history.reason', { reason: entry.reason })}</p>
          )}
          <dl>
            {entry.fields
              .filter(({ before, after }) => (before ?? null) !== null || (after ?? null) !== null)
              .map(({ field, before, after }) => (
                <Change
                  key={field}
                  table={table}
                  field={field}
                  before={before}
                  after={after}
                  refs={refs}
                  first={entry.op === 'insert'}
                />
              ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

/** `assets.setStatus` in words; a command of a newer version by its bare name. */
function commandText(command: string, t: ReturnType<typeof useText>): string {
  const key = keyOf(`command.${command}`);
  return key ? t(key) : command;
}

function Change(props: {
  table: string;
  field: string;
  before: unknown;
  after: unknown;
  refs: Refs;
  first: boolean;
}): ReactNode {
  const { table, field, refs, first } = props;
  const t = useText();
  const declared = recordOf(table)?.fields[field] ?? null;
  const show = (value: unknown): string => valueText({ t, table, name: field, field: declared, value, refs }) || NONE;
  return (
    <div className="history-change">
      <dt>{fieldLabel(t, table, field)}</dt>
      <dd>
        {first ? null : (
          <>
            <del>{show(props.before)}</del>
            <span aria-hidden="true"> → </span>
          </>
        )}
        <ins>{show(props.after)}</ins>
      </dd>
    </div>
  );
}
