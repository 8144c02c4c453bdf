/** Above the list: search in it, the filters in words, the count, and how its columns are set. */
import { SearchOutlined, SettingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Popover, Tag, type InputRef } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { FilterClause } from '../../../shared/list.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { useKey } from '../keys.ts';
import { SearchBehind } from '../search-behind.tsx';
import { valueText, type FullColumn, type Refs } from './columns.tsx';
import { clauseText } from './filter.tsx';
import type { Layout } from './layout.ts';
import { changeView, withFilter, type TableView } from './view.ts';

interface BarProps<R> {
  readonly id: string;
  readonly table: string;
  readonly view: TableView;
  readonly layout: Layout;
  readonly columns: readonly FullColumn<R>[];
  readonly refs: Refs;
  readonly total: number | null;
  readonly picked: number;
  readonly search: boolean;
  /** Actions on the ticked rows. */
  readonly bulk?: ReactNode;
  /** More to filter by, before the search box (views, periods). */
  readonly lead?: ReactNode;
}

export function Bar<R>(props: BarProps<R>): ReactNode {
  const { id, view, total, picked } = props;
  const t = useText();
  return (
    <div className="grid-bar">
      {props.lead}
      {props.search ? <ListSearch id={id} text={view.text} /> : null}
      {props.search && view.text !== '' ? <SearchBehind /> : null}
      <FilterTags {...props} />
      <span className="grid-space" />
      {picked > 0 ? (
        <span className="grid-picked">
          {t('table.picked', { n: picked.toLocaleString() })}
          {props.bulk}
          <Button size="small" type="text" onClick={() => changeView(id, { selected: [] })}>
            {t('table.unpick')}
          </Button>
        </span>
      ) : null}
      <span className="grid-count" aria-live="polite">
        {total === null ? '' : t('common.total', { n: total.toLocaleString() })}
      </span>
      <ColumnSettings {...props} />
    </div>
  );
}

const PAUSE_MS = 120;
function ListSearch({ id, text }: { id: string; text: string }): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState(text);
  const composing = useRef(false);
  const box = useRef<InputRef>(null);
  useKey('ctrl+f', () => box.current?.focus({ cursor: 'all' }));
  // Cleared or preset from outside: the box follows.
  const [seen, setSeen] = useState(text);
  if (seen !== text) {
    setSeen(text);
    setTyped(text);
  }
  useEffect(() => {
    if (composing.current || typed === text) return;
    const timer = setTimeout(() => changeView(id, { text: typed }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id, typed, text]);
  return (
    <Input
      ref={box}
      className="grid-search"
      allowClear
      prefix={<SearchOutlined />}
      aria-label={t('table.search')}
      placeholder={t('table.search')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={({ currentTarget }) => {
        composing.current = false;
        changeView(id, { text: currentTarget.value });
      }}
    />
  );
}

function FilterTags<R>({ id, table, view, columns, refs }: BarProps<R>): ReactNode {
  const t = useText();
  if (view.filter.length === 0) return null;
  return (
    <span className="grid-filters">
      {view.filter.map((clause) => {
        const column = columns.find((each) => each.field === clause.field);
        return (
          <Tag
            key={clause.field}
            closable={{ 'aria-label': t('table.clear') }}
            onClose={() => changeView(id, { filter: withFilter(view.filter, clause.field, null) })}
          >
            <ClauseWords clause={clause} table={table} column={column} refs={refs} />
          </Tag>
        );
      })}
      <Button size="small" type="link" onClick={() => changeView(id, { filter: [], text: '' })}>
        {t('table.reset')}
      </Button>
    </span>
  );
}

interface ClauseProps<R> {
  readonly clause: FilterClause;
  readonly table: string;
  readonly column: FullColumn<R> | undefined;
  readonly refs: Refs;
}
/** A building that none of the rows names is looked up: its rooms are what they name. */
function ClauseWords<R>({ clause, table, column, refs }: ClauseProps<R>): ReactNode {
  const t = useText();
  const field = column?.declared ?? null;
  const asked = field?.kind === 'ref' && clause.op === 'equals' ? String(clause.value) : null;
  const { data } = useQuery(
    rpc.search.title.queryOptions({
      input: { table: field?.kind === 'ref' ? field.table : '', id: asked ?? '' },
      enabled: asked !== null && refs[asked] === undefined,
    }),
  );
  const known = asked !== null && data?.title ? { ...refs, [asked]: refs[asked] ?? data.title } : refs;
  return clauseText(clause, {
    label: column?.label ?? clause.field,
    value: (value) => valueText({ t, table, name: clause.field, field, value, refs: known }),
    empty: t('table.empty'),
    notEmpty: t('table.notEmpty'),
  });
}

export function ColumnSettings<R>({
  id,
  view,
  layout,
  columns,
}: Pick<BarProps<R>, 'id' | 'view' | 'layout' | 'columns'>): ReactNode {
  const t = useText();
  const names = new Map(columns.map(({ field, label }) => [field, label]));
  const ordered = layout.getAllLeafColumns().map((column) => column.id);
  const move = (field: string, by: number): void => {
    const at = ordered.indexOf(field);
    const next = [...ordered];
    next.splice(at, 1);
    next.splice(Math.max(0, at + by), 0, field);
    layout.setColumnOrder(next);
  };
  const body = (
    <div className="columns-body">
      <Checkbox
        checked={!view.columns.dense}
        onChange={(event) => changeView(id, { columns: { ...view.columns, dense: !event.target.checked } })}
      >
        {t('table.roomy')}
      </Checkbox>
      <ul>
        {ordered.map((field, index) => (
          <li key={field}>
            <Checkbox
              checked={layout.getColumn(field)?.getIsVisible() ?? true}
              onChange={(event) => layout.getColumn(field)?.toggleVisibility(event.target.checked)}
            >
              {names.get(field)}
            </Checkbox>
            <span>
              <Button
                size="small"
                type="text"
                aria-label={t('table.up', { column: names.get(field) ?? '' })}
                disabled={index === 0}
                onClick={() => move(field, -1)}
              >
                ↑
              </Button>
              <Button
                size="small"
                type="text"
                aria-label={t('table.down', { column: names.get(field) ?? '' })}
                disabled={index === ordered.length - 1}
                onClick={() => move(field, 1)}
              >
                ↓
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        onClick={() =>
          changeView(id, {
            columns: {
              order: [],
              hidden: columns.filter((each) => each.hidden).map(({ field }) => field),
              widths: {},
              dense: true,
            },
          })
        }
      >
        {t('table.resetColumns')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" arrow={false} content={body} destroyOnHidden>
      <Button type="text" icon={<SettingOutlined />} aria-label={t('table.columns')} />
    </Popover>
  );
}
