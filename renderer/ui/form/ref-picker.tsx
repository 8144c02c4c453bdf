/** Picks a record of another register by typing any part of it; same names are told apart by number, place and department. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { NewPerson } from './new-person.tsx';

interface RefPickerProps {
  /** The register to pick from. */
  readonly table: string;
  readonly value: string | null;
  readonly onChange: (id: string | null, title: string | null) => void;
  /** Title of `value` when it is known already (the `refs` of a list or get). */
  readonly title?: string | undefined;
  readonly label?: string;
  readonly id?: string;
  readonly autoFocus?: boolean;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly clearable?: boolean;
}
interface Choice {
  readonly value: string;
  readonly label: string;
  readonly subtitle: string;
}
const SHOWN = 20;

const showChoice = ({ data }: { data: Choice }): ReactNode => (
  <span className="ref-choice">
    <span>{data.label}</span>
    <span className="ref-sub">{data.subtitle}</span>
  </span>
);

const below = (menu: ReactNode, more: ReactNode): ReactNode => (
  <>
    {menu}
    {more}
  </>
);

export function RefPicker(props: RefPickerProps): ReactNode {
  const { table, value, onChange, title } = props;
  const t = useText();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<{ id: string; title: string } | null>(null);
  const asked = useDeferredValue(typed.trim());
  const { data: hits = [], isFetching } = useQuery(
    rpc.search.find.queryOptions({
      input: { text: asked, tables: [table], limit: SHOWN },
      enabled: open && asked !== '',
      placeholderData: keepPreviousData,
    }),
  );
  const found: Choice[] =
    asked === '' ? [] : hits.map((hit) => ({ value: hit.id, label: hit.title, subtitle: hit.subtitle }));
  const told = picked && picked.id === value ? picked.title : title;
  // A draft that came back knows the id alone.
  const { data: looked } = useQuery(
    rpc.search.title.queryOptions({
      input: { table, id: value ?? '' },
      enabled: value !== null && told === undefined,
      meta: { tables: [table] },
    }),
  );
  const known = told ?? looked?.title ?? undefined;
  const current: Choice[] =
    value !== null && !found.some((each) => each.value === value) ? [{ value, label: known ?? '…', subtitle: '' }] : [];
  const missing = table === 'people' && asked !== '' && !isFetching && hits.length === 0;
  const pick = (id: string, label: string): void => {
    setTyped('');
    setPicked({ id, title: label });
    setOpen(false);
    onChange(id, label);
  };
  const added = missing ? <NewPerson name={asked} onAdded={(id) => pick(id, asked)} /> : null;
  return (
    <Select<string, Choice>
      id={props.id}
      className="ref-picker"
      aria-label={props.label}
      autoFocus={props.autoFocus}
      disabled={props.disabled}
      status={props.invalid ? 'error' : undefined}
      allowClear={props.clearable ?? true}
      value={value}
      options={asked === '' ? current : found}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      open={open}
      onOpenChange={setOpen}
      popupRender={(menu) => below(menu, added)}
      placeholder={t('form.pick')}
      loading={isFetching}
      notFoundContent={asked === '' ? t('form.pickHint') : isFetching ? '…' : t('form.pickNothing')}
      optionRender={showChoice}
      onChange={(id) => {
        const choice = found.find((each) => each.value === id);
        setTyped('');
        setPicked(choice ? { id, title: choice.label } : null);
        onChange(id ?? null, choice?.label ?? null);
      }}
    />
  );
}
