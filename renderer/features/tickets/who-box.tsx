/** Who or where, by one box: name, pinyin initials, room, tag. Enter takes the marked one; namesakes show department and room. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { SearchHit } from '../../../shared/features/search.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { isComposing } from '../../ui/keys.ts';
import type { Who } from './quick-store.ts';

const TABLES = ['people', 'locations', 'assets'];
const SHOWN = 8;
type Table = 'people' | 'locations' | 'assets';
const isTable = (table: string): table is Table => TABLES.includes(table);

const whoOf = (hit: SearchHit | undefined): Who | null =>
  hit && isTable(hit.table) ? { table: hit.table, id: hit.id, title: hit.title, subtitle: hit.subtitle } : null;
/** Two of the same name: never chosen for the technician before they saw both. */
const ambiguous = (hits: readonly SearchHit[]): boolean => hits.length > 1 && hits[0]?.title === hits[1]?.title;

export function WhoBox({
  id,
  onPick,
  onLeave,
}: {
  id: string;
  onPick: (who: Who) => void;
  onLeave: () => void;
}): ReactNode {
  const t = useText();
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const [warned, setWarned] = useState(false);
  const input = { text: asked, tables: TABLES, limit: SHOWN };
  const {
    data: hits = [],
    isPlaceholderData,
    isFetching,
  } = useQuery(
    rpc.search.find.queryOptions({
      input,
      enabled: asked.trim() !== '',
      placeholderData: keepPreviousData,
      meta: { tables: TABLES },
    }),
  );
  const name = typed.trim();
  const shown = name === '' ? [] : hits;
  const unknown: Who = { table: null, title: name };
  const ask = (text: string): void => {
    setTyped(text);
    setWarned(false);
    if (composing.current) return;
    setAsked(text.trim());
    setAt(0);
  };
  /** Enter may come before the list: the answer is waited for, and a name that is not unique asks back. */
  const takeFirst = async (): Promise<void> => {
    onLeave();
    const found = await client.search.find({ ...input, text: name });
    if (ambiguous(found)) {
      setAsked(name);
      setWarned(true);
      box.current?.focus();
    } else onPick(whoOf(found[0]) ?? unknown);
  };
  const enter = (): void => {
    if (name === '') return;
    if (asked !== name || isPlaceholderData || isFetching) void takeFirst();
    else if (at === 0 && !warned && ambiguous(shown)) setWarned(true);
    else onPick(whoOf(shown[at]) ?? unknown);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent) || event.ctrlKey) return;
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter') enter();
    else return;
    event.preventDefault();
  };
  return (
    <div className="who">
      <input
        ref={box}
        id={id}
        className="who-box"
        role="combobox"
        aria-label={t('tickets.who')}
        aria-expanded={name !== ''}
        aria-controls={listId}
        aria-activedescendant={name === '' ? undefined : `${listId}-${at}`}
        placeholder={t('tickets.whoHint')}
        value={typed}
        maxLength={60}
        onChange={(event) => ask(event.target.value)}
        onKeyDown={onKey}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          ask(event.currentTarget.value);
        }}
      />
      <div className="who-list" hidden={name === ''}>
        {warned ? (
          <p className="who-warn" role="alert">
            {t('tickets.whoSame')}
          </p>
        ) : null}
        <ul id={listId} role="listbox" aria-label={t('tickets.who')}>
          {shown.map((hit, index) => (
            <WhoRow
              key={hit.id}
              id={`${listId}-${index}`}
              kind={isTable(hit.table) ? hit.table : null}
              title={hit.title}
              subtitle={hit.subtitle}
              chosen={index === at}
              onPick={() => onPick(whoOf(hit) ?? unknown)}
            />
          ))}
          {name === '' ? null : (
            <WhoRow
              id={`${listId}-${shown.length}`}
              kind={null}
              title={t('tickets.whoUnknown', { name })}
              subtitle=""
              chosen={at === shown.length}
              onPick={() => onPick(unknown)}
            />
          )}
        </ul>
      </div>
    </div>
  );
}

interface WhoRowProps {
  readonly id: string;
  readonly kind: Table | null;
  readonly title: string;
  readonly subtitle: string;
  readonly chosen: boolean;
  readonly onPick: () => void;
}
function WhoRow({ id, kind, title, subtitle, chosen, onPick }: WhoRowProps): ReactNode {
  const t = useText();
  return (
    <li id={id} role="option" aria-selected={chosen} className={chosen ? 'who-row chosen' : 'who-row'} onClick={onPick}>
      <span className="palette-kind">{kind === null ? '' : t(`nav.${kind}`)}</span>
      <span>{title}</span>
      <span className="palette-sub">{subtitle}</span>
    </li>
  );
}
