/** A name out of the register of people, by any part of it or its pinyin; somebody who is not in there is simply typed. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { byName, nameMeant, peopleFor } from './names.ts';

interface NameInputProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** After a pick, or when the field is left: the name as it stands. */
  readonly onDone?: (name: string) => void;
  readonly id?: string;
  readonly label?: string;
  readonly className?: string;
  readonly size?: 'small';
}

interface Choice {
  readonly value: string;
  readonly subtitle: string;
}
const showPerson = ({ data }: { data: Choice }): ReactNode => (
  <span className="ref-choice">
    <span>{data.value}</span>
    <span className="ref-sub">{data.subtitle}</span>
  </span>
);

export function NameInput({ value, onChange, onDone, id, label, className, size }: NameInputProps): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [left, setLeft] = useState(false);
  const asked = useDeferredValue(value.trim());
  const { data: hits = [], isPlaceholderData } = useQuery(
    rpc.search.find.queryOptions({
      input: peopleFor(asked),
      enabled: asked !== '' && (open || left),
      placeholderData: keepPreviousData,
    }),
  );
  const found = asked === '' ? [] : byName(hits);
  const stranger = left && asked !== '' && !isPlaceholderData && !found.some(({ title }) => title === asked);
  const leave = async (): Promise<void> => {
    const name = await nameMeant(value).catch(() => value);
    if (name !== value) onChange(name);
    setLeft(true);
    onDone?.(name);
  };
  return (
    <>
      <AutoComplete<string, Choice>
        id={id}
        aria-label={label}
        placeholder={label}
        className={className}
        size={size}
        value={value}
        maxLength={60}
        options={found.map(({ title, subtitle }) => ({ value: title, subtitle }))}
        optionRender={showPerson}
        onOpenChange={setOpen}
        onFocus={() => setLeft(false)}
        onChange={onChange}
        onSelect={(name) => onDone?.(name)}
        onBlur={() => void leave()}
      />
      {stranger && size !== 'small' ? <span className="field-hint">{t('handover.stranger')}</span> : null}
    </>
  );
}
