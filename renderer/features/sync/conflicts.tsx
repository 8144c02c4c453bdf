/** The conflicts of one state: filters, one card each, keys to go through them, and settling many of a kind at once. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import type { ConflictFilter } from '../../../shared/features/sync.ts';
import { keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { isComposing } from '../../ui/keys.ts';
import { Bulk } from './bulk.tsx';
import { ConflictCard } from './card.tsx';
import { Twins } from './twins.tsx';
import { personOf } from './values.tsx';

type Listed = 'open' | 'noted' | 'resolved';
const nothing = { open: 'sync.noConflicts', noted: 'sync.noNoted', resolved: 'sync.noResolved' } as const;
/** As many as one call gives at most; more are reached by filtering. */
const PAGE = 50;
const MOST = 200;

export function Conflicts({ state, focus }: { state: Listed; focus: string | null }): ReactNode {
  const t = useText();
  const [filter, setFilter] = useState<ConflictFilter>({});
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useQuery(
    rpc.sync.conflicts.queryOptions({ input: { state, filter, limit }, meta: { tables: ['conflicts', 'sync'] } }),
  );
  const [chosen, setChosen] = useState<string | null>(focus);
  const list = useRef<HTMLDivElement>(null);
  const cards = data?.cards ?? [];
  const at = Math.max(
    0,
    cards.findIndex(({ id }) => id === chosen),
  );
  const active = cards[at]?.id ?? null;
  useListKeys((key) => {
    if (key === 'next' || key === 'back') setChosen(cards[key === 'next' ? at + 1 : at - 1]?.id ?? active);
    else list.current?.querySelectorAll<HTMLButtonElement>('.clash-active [data-ways] button')[key]?.click();
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  if (data.total === 0 && !filtered)
    return (
      <>
        {state === 'open' ? <Twins /> : null}
        <Empty title={t(nothing[state])} hint={state === 'open' ? t('sync.noConflictsHint') : undefined} />
      </>
    );
  return (
    <div className="clashes" ref={list}>
      {state === 'open' ? <Twins /> : null}
      <Filters facets={data.facets} filter={filter} onChange={setFilter} />
      {state === 'open' && filter.kind !== undefined && data.total > 1 ? (
        <Bulk filter={filter} total={data.total} />
      ) : null}
      {data.cards.length === 0 ? (
        <Empty title={t('sync.filter.none')}>
          <Button onClick={() => setFilter({})}>{t('sync.filter.clear')}</Button>
        </Empty>
      ) : state === 'resolved' ? null : (
        <p className="clash-keys">{t('sync.keysHint')}</p>
      )}
      {cards.map((card) => (
        <ConflictCard
          key={card.id}
          card={card}
          refs={data.refs}
          active={state !== 'resolved' && card.id === active}
          reveal={card.id === chosen}
          onActive={() => setChosen(card.id)}
        />
      ))}
      {data.total > cards.length ? (
        <p className="clash-note">
          {t('common.total', { n: data.total })}{' '}
          {limit < MOST ? <Button onClick={() => setLimit(MOST)}>{t('sync.more')}</Button> : null}
        </p>
      ) : null}
    </div>
  );
}

/** J and K or the arrows walk, 1 to 3 settle; not while somebody types or a dialog is open. */
function useListKeys(act: (key: 'next' | 'back' | 0 | 1 | 2) => void): void {
  const run = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (isComposing(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest('input, textarea, select, [role="combobox"], [role="dialog"], [role="radiogroup"]')) return;
    const key = event.key.toLowerCase();
    const walk = key === 'j' || key === 'arrowdown' ? 'next' : key === 'k' || key === 'arrowup' ? 'back' : null;
    const way = ['1', '2', '3'].indexOf(key);
    if (walk === null && way < 0) return;
    event.preventDefault();
    act(walk ?? (way as 0 | 1 | 2));
  });
  useEffect(() => {
    addEventListener('keydown', run);
    return () => removeEventListener('keydown', run);
  }, []);
}

type Facets = Awaited<ReturnType<(typeof rpc)['sync']['conflicts']['call']>>['facets'];

interface FiltersProps {
  readonly facets: Facets;
  readonly filter: ConflictFilter;
  readonly onChange: (filter: ConflictFilter) => void;
}
function Filters({ facets, filter, onChange }: FiltersProps): ReactNode {
  const t = useText();
  const kinds = facets.kinds.map(({ kind, rule, n }) => ({
    value: `${kind} ${rule ?? ''}`,
    label: `${t(keyOf(`sync.kind.${kind}.${rule ?? ''}`) ?? keyOf(`sync.kind.${kind}`) ?? 'sync.conflicts')} ${n}`,
  }));
  return (
    <div className="clash-filters">
      <Select
        aria-label={t('field.conflicts.kind')}
        allowClear
        popupMatchSelectWidth={false}
        placeholder={t('sync.filter.all')}
        value={filter.kind === undefined ? null : `${filter.kind} ${filter.rule ?? ''}`}
        options={kinds}
        onChange={(value: string | null | undefined) => {
          const [kind, rule] = value ? value.split(' ') : [];
          onChange({ ...filter, kind: kind as ConflictFilter['kind'], rule: rule === '' ? undefined : rule });
        }}
      />
      <Select
        aria-label={t('field.conflicts.tbl')}
        allowClear
        popupMatchSelectWidth={false}
        placeholder={t('sync.filter.tables')}
        value={filter.table ?? null}
        options={facets.tables.map(({ table, n }) => ({
          value: table,
          label: `${t(keyOf(`record.${table}`) ?? 'sync.recordOther')} ${n}`,
        }))}
        onChange={(table: string | null | undefined) => onChange({ ...filter, table: table ?? undefined })}
      />
      <Select
        aria-label={t('field.conflicts.mine_actor')}
        allowClear
        popupMatchSelectWidth={false}
        placeholder={t('sync.filter.authors')}
        value={filter.author ?? null}
        options={facets.authors.map(({ author, n }) => ({ value: author, label: `${personOf(author)} ${n}` }))}
        onChange={(author: string | null | undefined) => onChange({ ...filter, author: author ?? undefined })}
      />
      <Checkbox
        checked={filter.mine ?? false}
        onChange={({ target }) => onChange({ ...filter, mine: target.checked || undefined })}
      >
        {t('sync.filter.mine', { n: facets.mine })}
      </Checkbox>
      {facets.overdue > 0 || filter.overdue ? (
        <Checkbox
          checked={filter.overdue ?? false}
          onChange={({ target }) => onChange({ ...filter, overdue: target.checked || undefined })}
        >
          {t('sync.filter.overdue', { n: facets.overdue })}
        </Checkbox>
      ) : null}
    </div>
  );
}
