/** Changes that nobody may apply by himself: what each wanted, whose it is and why it waits, and the decision, one by one or by laptop. */
import { useQuery } from '@tanstack/react-query';
import { Button, Pagination, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Op } from '../../../shared/commit.ts';
import { recordOf } from '../../../shared/records.ts';
import { QUARANTINE_PAGE, quarantinedOp, type QuarantinedCommit } from '../../../shared/sync/operator.ts';
import { fieldLabel, keyOf, useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { valueText } from '../../ui/table/columns.tsx';
import { NONE } from '../../ui/text.tsx';
import { fresh } from './fresh.ts';

/** Operations and fields of one change that are shown; more nobody reads here. */
const OPS = 4;
const FIELDS = 6;
type Names = Readonly<Record<string, string>>;
/** Of an attachment its name and its record are told; the rest is for machines. */
const ATTACHMENT_FIELDS: readonly string[] = ['name', 'note'];

const isOpen = ({ state }: QuarantinedCommit): boolean => state === 'waiting' || state === 'clash';

function wanted(t: Text, each: Op, names: Names): string {
  const table = keyOf(`record.${each.table}`);
  const values =
    each.op === 'patch'
      ? Object.entries(each.fields).map(([name, { after }]) => [name, after] as const)
      : 'values' in each
        ? Object.entries(each.values)
        : [];
  const told = each.table === 'attachments' ? values.filter(([name]) => ATTACHMENT_FIELDS.includes(name)) : values;
  const fields = told.slice(0, FIELDS).map(([name, value]) => {
    const field = recordOf(each.table)?.fields[name] ?? null;
    const text = valueText({ t, table: each.table, name, field, value, refs: names });
    return `${fieldLabel(t, each.table, name)}: ${text === '' ? NONE : text}`;
  });
  // A new record says itself what it is.
  const about = names['values' in each ? String(each.values['row_id']) : each.id];
  return [
    table ? t(table) : each.table,
    ...(about === undefined ? [] : [about]),
    ...(each.op === 'remove' ? [t('sync.removed')] : []),
    ...fields,
  ].join(' · ');
}

export function Quarantine({ onChanged }: { onChanged: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const [page, setPage] = useState(1);
  const [busy, setBusy] = useState(false);
  const list = useQuery({
    ...rpc.operator.quarantine.queryOptions({ input: { offset: (page - 1) * QUARANTINE_PAGE } }),
    ...fresh,
  });
  if (list.error) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const { items, total, names } = list.data;
  if (total === 0) return <Empty title={t('operator.noQuarantine')} hint={t('operator.noQuarantineHint')} />;
  type Which = Parameters<typeof client.operator.decide>[0]['which'];
  const decide = async (which: Which, decision: 'accept' | 'discard'): Promise<void> => {
    setBusy(true);
    try {
      const { decided, settled } = await client.operator.decide({ which, decision });
      say.done(t('operator.decided', { n: decided, settled }));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
      void list.refetch();
      onChanged();
    }
  };
  const groups = Map.groupBy(items, ({ machine }) => machine);
  return (
    <>
      {[...groups].map(([machine, commits]) => (
        <section key={machine ?? ''} className="operator-group">
          <h3>
            {machine ?? '—'}
            {machine !== null && commits.some(isOpen) ? (
              <Ways all busy={busy} onDecide={(how) => void decide({ machine }, how)} />
            ) : null}
          </h3>
          <ul>
            {commits.map((commit) => (
              <li key={commit.number}>
                <Change commit={commit} names={names} />
                {isOpen(commit) ? (
                  <Ways busy={busy} onDecide={(how) => void decide({ number: commit.number }, how)} />
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {total > QUARANTINE_PAGE ? (
        <Pagination
          current={page}
          pageSize={QUARANTINE_PAGE}
          total={total}
          showSizeChanger={false}
          onChange={setPage}
        />
      ) : null}
    </>
  );
}

interface WaysProps {
  /** Of everything that waits of one laptop. */
  readonly all?: boolean;
  readonly busy: boolean;
  readonly onDecide: (how: 'accept' | 'discard') => void;
}

function Ways({ all = false, busy, onDecide }: WaysProps): ReactNode {
  const t = useText();
  return (
    <span className="operator-ways">
      <Button size="small" type="primary" disabled={busy} onClick={() => onDecide('accept')}>
        {t(all ? 'operator.acceptAll' : 'operator.accept')}
      </Button>
      {all ? (
        <Popconfirm
          title={t('operator.discardSure')}
          okText={t('operator.discardAll')}
          okButtonProps={{ danger: true }}
          cancelText={t('common.cancel')}
          onConfirm={() => onDecide('discard')}
        >
          <Button size="small" disabled={busy}>
            {t('operator.discardAll')}
          </Button>
        </Popconfirm>
      ) : (
        <Button size="small" disabled={busy} onClick={() => onDecide('discard')}>
          {t('operator.discard')}
        </Button>
      )}
    </span>
  );
}

function Change({ commit, names }: { commit: QuarantinedCommit; names: Names }): ReactNode {
  const t = useText();
  const command = keyOf(`command.${commit.command}`);
  const ops = commit.bodies.flatMap((body) => quarantinedOp(body) ?? []);
  return (
    <div className="operator-change">
      <p>
        <b>{command ? t(command) : commit.command}</b>{' '}
        <span className="faint">
          {t('operator.by', { actor: commit.actor, at: showMoment(commit.est_at) })}
          {commit.offered_by === null ? '' : ` · ${t('operator.offeredBy', { machine: commit.offered_by })}`}
        </span>{' '}
        <State tone="warn">{t(`operator.reason.${commit.reason}`)}</State>{' '}
        {commit.state === 'decided' ? <State tone="work">{t('operator.decidedWaits')}</State> : null}
        {commit.state === 'clash' ? <State tone="warn">{t('operator.clash')}</State> : null}
      </p>
      {ops.slice(0, OPS).map((each, index) => (
        <p key={`${each.id} ${index}`}>{wanted(t, each, names)}</p>
      ))}
      {ops.length > OPS ? <p className="faint">{t('operator.more', { n: ops.length - OPS })}</p> : null}
    </div>
  );
}
