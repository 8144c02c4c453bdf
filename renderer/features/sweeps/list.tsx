/** Every stored sweep by date: where it comes from, what it covered, how long it is kept; two of them ticked are compared. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { sweepSources } from '../../../shared/features/discovery.ts';
import type { StoredSweepSummary } from '../../../shared/features/discovery/history.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { Moment, NONE } from '../../ui/text.tsx';
import { scopeText } from './words.ts';

type Source = StoredSweepSummary['source'];
const PAGE = 100;

/** Earlier first, whichever was ticked first. */
const inOrder = (sweeps: readonly StoredSweepSummary[]): string[] =>
  sweeps.toSorted((a, b) => a.started_at - b.started_at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);

export function SweepList(): ReactNode {
  const t = useText();
  const [source, setSource] = useState<Source | null>(null);
  const [ticked, setTicked] = useState<readonly StoredSweepSummary[]>([]);
  const pages = useInfiniteQuery(
    rpc.discovery.history.sweeps.infiniteOptions({
      input: (before: { started_at: number; id: string } | undefined) => ({
        limit: PAGE,
        ...(before ? { before } : {}),
        ...(source ? { source } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ sweeps }) => {
        const last = sweeps.at(-1);
        return last && sweeps.length === PAGE ? { started_at: last.started_at, id: last.id } : undefined;
      },
      placeholderData: keepPreviousData,
      meta: { tables: ['_sweeps'] },
    }),
  );
  const sweeps = pages.data?.pages.flatMap((page) => page.sweeps) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const tick = (sweep: StoredSweepSummary): void =>
    setTicked((before) =>
      before.some(({ id }) => id === sweep.id)
        ? before.filter(({ id }) => id !== sweep.id)
        : // a third one takes the place of the one ticked first
          [...before.slice(-1), sweep],
    );
  // a second look at one host is no sweep to compare with by habit
  const last = sweeps.filter(({ total: asked }) => asked > 1).slice(0, 2);
  const [before, after] = inOrder(ticked.length === 2 ? ticked : last);
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('sweeps/import')}>{t('sweeps.import')}</Button>
          <Button
            type="primary"
            disabled={before === undefined || after === undefined || ticked.length === 1}
            onClick={() => go(`sweeps/${before ?? ''}/${after ?? ''}`)}
          >
            {t(ticked.length === 0 ? 'sweeps.compare_last' : 'sweeps.compare')}
          </Button>
        </>
      }
    >
      {pages.error ? <Failed error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Loading /> : null}
      {pages.data && total === 0 && source === null ? (
        <Empty title={t('sweeps.none')} hint={t('sweeps.none_hint')}>
          <Button type="primary" onClick={() => go('discovery')}>
            {t('sweeps.to_discovery')}
          </Button>
        </Empty>
      ) : null}
      {pages.data && (total > 0 || source !== null) ? (
        <>
          <div className="sweeps-bar">
            <Select<Source | 'all'>
              aria-label={t('sweeps.source')}
              value={source ?? 'all'}
              onChange={(next) => setSource(next === 'all' ? null : next)}
              options={[
                { value: 'all', label: t('sweeps.source_all') },
                ...sweepSources.map((each) => ({ value: each, label: t(`sweeps.source.${each}`) })),
              ]}
            />
            <span>{t('sweeps.total', { count: total })}</span>
            <span className="sweeps-hint">{t(ticked.length === 1 ? 'sweeps.picked_one' : 'sweeps.pick')}</span>
          </div>
          <div className="sweeps-scroll">
            <table className="plain-table sweeps-table" aria-label={t('sweeps.title')}>
              <thead>
                <tr>
                  <th aria-label={t('sweeps.pick')} />
                  <th>{t('sweeps.when')}</th>
                  <th>{t('sweeps.source')}</th>
                  <th>{t('sweeps.scope')}</th>
                  <th className="right">{t('sweeps.covered')}</th>
                  <th className="right">{t('sweeps.found')}</th>
                  <th>{t('sweeps.ending')}</th>
                  <th>{t('sweeps.until')}</th>
                  <th aria-label={t('common.more')} />
                </tr>
              </thead>
              <tbody>
                {sweeps.map((sweep) => (
                  <SweepRow
                    key={sweep.id}
                    sweep={sweep}
                    ticked={ticked.some(({ id }) => id === sweep.id)}
                    onTick={() => tick(sweep)}
                    onDropped={() => setTicked((before) => before.filter(({ id }) => id !== sweep.id))}
                  />
                ))}
              </tbody>
            </table>
            {pages.hasNextPage ? (
              <Button
                className="sweeps-more"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {t('sweeps.more')}
              </Button>
            ) : null}
          </div>
        </>
      ) : null}
    </Page>
  );
}

function SweepRow({
  sweep,
  ticked,
  onTick,
  onDropped,
}: {
  sweep: StoredSweepSummary;
  ticked: boolean;
  onTick: () => void;
  onDropped: () => void;
}): ReactNode {
  const t = useText();
  const say = useSay();
  const { modal } = App.useApp();
  const { id, kept, label, source } = sweep;
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      say.failed(error);
    }
  };
  const drop = (): void =>
    void modal.confirm({
      title: t('sweeps.drop_title', { name: label ?? '' }),
      content: t('sweeps.drop_text'),
      okText: t('sweeps.drop'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: () =>
        attempt(async () => {
          await client.discovery.history.drop({ id });
          onDropped();
          say.done(t('sweeps.dropped'));
        }),
    });
  const acts = {
    keep: () => void attempt(() => client.discovery.history.keep({ id, kept: !kept })),
    drop,
  };
  return (
    <tr className={ticked ? 'ticked' : undefined}>
      <td>
        <input
          type="checkbox"
          checked={ticked}
          onChange={onTick}
          aria-label={t('sweeps.pick_one', { time: showMoment(sweep.started_at) })}
        />
      </td>
      <td className="mono">
        <a href={to('discovery', id)} title={t('sweeps.open')}>
          <Moment at={sweep.started_at} />
        </a>
      </td>
      <td>
        {t(`sweeps.source.${source}`)}
        {label === null ? null : <span className="cell-sub"> {label}</span>}
      </td>
      <td className="mono" title={sweep.cidrs.join(' ')}>
        {scopeText(sweep, t)}
      </td>
      <td className="right">{sweep.covered.toLocaleString()}</td>
      <td className="right">{sweep.found.toLocaleString()}</td>
      <td>
        <State tone={sweep.ending === 'finished' ? 'good' : 'warn'}>{t(`discovery.ending.${sweep.ending}`)}</State>
      </td>
      <td>{kept ? t('sweeps.kept') : (sweep.until ?? NONE)}</td>
      <td>
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'keep', label: t(kept ? 'sweeps.unkeep' : 'sweeps.keep') },
              ...(source === 'sweep' ? [] : [{ key: 'drop', label: t('sweeps.drop'), danger: true }]),
            ],
            onClick: ({ key }) => acts[key as keyof typeof acts](),
          }}
        >
          <Button size="small" type="text" aria-label={t('common.more')}>
            ⋯
          </Button>
        </Dropdown>
      </td>
    </tr>
  );
}
