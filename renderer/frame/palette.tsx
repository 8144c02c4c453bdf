/** The search box (Ctrl+K): finds records by name, pinyin, initials, room, tag, serial, IP fragment or MAC tail; starts actions. */
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { create } from 'zustand';
import { showMoment } from '../../shared/day.ts';
import type { SearchHit } from '../../shared/features/search.ts';
import { showMac } from '../../shared/mac.ts';
import { keyOf, useText, type Text } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go } from '../route.ts';
import { actions } from '../actions.ts';
import { screens } from '../screens.ts';
import { isComposing, useKey } from '../ui/keys.ts';
import { SearchBehind } from '../ui/search-behind.tsx';
import { Key } from '../ui/text.tsx';
import { routeOfHit } from './hits.ts';

const usePalette = create<{ open: boolean }>(() => ({ open: false }));
export const openPalette = (): void => usePalette.setState({ open: true });
const close = (): void => usePalette.setState({ open: false });

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly subtitle: string;
  readonly go: string;
  readonly key?: string | undefined;
}

export function Palette(): ReactNode {
  const { open } = usePalette();
  const t = useText();
  useKey('ctrl+k', () => (open ? close() : openPalette()));
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      closable={false}
      width={640}
      destroyOnHidden
      title={null}
      className="palette"
      aria-label={t('frame.search')}
      styles={{ container: { padding: 0 } }}
    >
      <PaletteBody />
    </Modal>
  );
}

const SHOWN = 30;
/** Hosts that sweeps saw stand below what the register knows. */
const SEEN_SHOWN = 5;
function PaletteBody(): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const composing = useRef(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { data: hits = [], isFetching } = useQuery(
    rpc.search.find.queryOptions({
      input: { text: asked, limit: SHOWN },
      enabled: asked.trim() !== '',
      placeholderData: keepPreviousData,
    }),
  );
  const { data: seen = [] } = useQuery(
    rpc.discovery.history.find.queryOptions({
      input: { text: asked, limit: SEEN_SHOWN },
      enabled: asked.trim().length > 2,
      placeholderData: keepPreviousData,
      meta: { tables: ['_sweeps'] },
    }),
  );
  const soundOf = useSounds(t);
  const entries = [
    ...(asked.trim() === '' ? [] : hits.flatMap((hit) => entryOfHit(hit, t) ?? [])),
    ...(asked.trim().length > 2 ? seen.map((host) => entryOfHost(host, t)) : []),
    ...places(t, asked, soundOf),
  ];
  const chosen = Math.min(at, entries.length - 1);
  const ask = (text: string): void => {
    setTyped(text);
    if (composing.current) return;
    setAsked(text);
    setAt(0);
  };
  const open = (entry: Entry | undefined): void => {
    if (!entry) return;
    close();
    go(entry.go);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'ArrowDown') setAt(Math.min(entries.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') open(entries[chosen]);
    // Taken here: a drawer under the box would close on the same press.
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={box}
        className="palette-box"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen >= 0 ? `palette-${chosen}` : undefined}
        aria-label={t('frame.search')}
        placeholder={t('frame.searchHint')}
        value={typed}
        maxLength={200}
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
      <SearchBehind />
      <div id="palette-list" role="listbox" aria-label={t('frame.search')} className="palette-list">
        {entries.map((entry, index) => (
          <PaletteRow key={entry.id} entry={entry} index={index} chosen={index === chosen} onPick={() => open(entry)} />
        ))}
      </div>
      {entries.length === 0 && !isFetching ? <p className="palette-none">{t('frame.searchNothing')}</p> : null}
      <p className="palette-foot">
        <Key>↑</Key> <Key>↓</Key> {t('frame.keyChoose')} <Key>Enter</Key> {t('frame.keyOpen')} <Key>Esc</Key>{' '}
        {t('frame.keyClose')}
      </p>
    </>
  );
}

function PaletteRow({
  entry,
  index,
  chosen,
  onPick,
}: {
  entry: Entry;
  index: number;
  chosen: boolean;
  onPick: () => void;
}): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div
      ref={row}
      id={`palette-${index}`}
      role="option"
      aria-selected={chosen}
      className={chosen ? 'palette-row chosen' : 'palette-row'}
      onClick={onPick}
    >
      <span className="palette-kind">{entry.kind}</span>
      <span className="palette-title">{entry.title}</span>
      <span className="palette-sub">{entry.subtitle}</span>
      {entry.key === undefined ? null : <Key>{entry.key}</Key>}
    </div>
  );
}

function entryOfHit(hit: SearchHit, t: Text): Entry | null {
  const route = routeOfHit(hit);
  const kind = keyOf(`record.${hit.table}`);
  return route === null
    ? null
    : { id: `${hit.table}/${hit.id}`, kind: kind ? t(kind) : '', title: hit.title, subtitle: hit.subtitle, go: route };
}

function entryOfHost(
  { ip, mac, name, at }: { ip: string; mac: string | null; name: string | null; at: number },
  t: Text,
): Entry {
  const subtitle = [mac === null ? null : showMac(mac), name, t('hosts.last_seen', { time: showMoment(at) })];
  return {
    id: `host/${ip}/${mac}`,
    kind: t('record.hosts'),
    title: ip,
    subtitle: subtitle.filter(Boolean).join(' · '),
    go: `hosts/${ip}`,
  };
}

/** How every name in the list sounds, told by the engine once a language. */
function useSounds(t: Text): (name: string) => string {
  const names = [...new Set(placesOf(t).flatMap((each) => each.names))];
  const { data } = useQuery(rpc.search.sounds.queryOptions({ input: names, staleTime: Infinity }));
  const sounds = new Map(names.map((name, index) => [name, data?.[index] ?? '']));
  return (name) => sounds.get(name) ?? '';
}

/** Actions and screens one of whose names holds what was typed, or sounds like it (`djbx`); all of them for an empty box. */
function places(t: Text, typed: string, soundOf: (name: string) => string): Entry[] {
  const text = typed.trim().toLowerCase();
  return placesOf(t).filter(({ names }) =>
    names.some(
      (name) =>
        name.toLowerCase().includes(text) ||
        soundOf(name)
          .split(' ')
          .some((sound) => sound.startsWith(text)),
    ),
  );
}

function placesOf(t: Text): (Entry & { readonly names: readonly string[] })[] {
  return [
    ...actions.map((action) => ({
      names: [action.title, ...(action.also ?? [])].map((name) => t(name)),
      id: `do/${action.go}`,
      kind: t('frame.kindAction'),
      title: t(action.title),
      subtitle: '',
      go: action.go,
      key: action.key,
    })),
    ...screens
      .filter((screen) => screen.group !== null)
      .map((screen) => ({
        names: [t(screen.title)],
        id: `go/${screen.path}`,
        kind: t('frame.kindScreen'),
        title: t(screen.title),
        subtitle: '',
        go: screen.path,
      })),
  ];
}
