/** One square an address, sixteen by sixteen a /24, as the technician has it in mind. Arrow keys walk, Enter shows the address. */
import { memo, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { verdicts, type Verdict } from '../../../shared/features/discovery/match.ts';
import { parseCidr, parseIp, showIp, type Cidr } from '../../../shared/ip.ts';
import { useText } from '../../i18n.ts';
import { verdictKey, type Entry } from './entries.ts';

const BLOCK = 256;
const SIDE = 16;

export interface MapProps {
  readonly cidrs: readonly string[];
  readonly entries: readonly Entry[];
  /** The others are dimmed; null shows all. */
  readonly only: ReadonlySet<Verdict> | null;
  readonly picked: string | null;
  readonly onPick: (ip: string) => void;
}

/** The /24 blocks that the sweep touched, ascending. */
const blocksOf = (cidrs: readonly Cidr[]): number[] =>
  [
    ...new Set(
      cidrs.flatMap((cidr) => {
        const first = Math.floor(cidr.first / BLOCK);
        return Array.from({ length: Math.floor(cidr.last / BLOCK) - first + 1 }, (_, at) => (first + at) * BLOCK);
      }),
    ),
  ].toSorted((a, b) => a - b);

type Kind = Verdict | 'dead' | 'edge' | 'unasked';
type Words = Readonly<Record<Kind, string>>;

export function SweepMap({ cidrs, entries, only, picked, onPick }: MapProps): ReactNode {
  const t = useText();
  const words = useMemo(
    (): Words => ({
      ...(Object.fromEntries(verdicts.map((verdict) => [verdict, t(verdictKey(verdict))])) as Record<Verdict, string>),
      dead: t('discovery.cell_dead'),
      edge: t('discovery.cell_edge'),
      unasked: t('discovery.cell_unasked'),
    }),
    [t],
  );
  const scopes = useMemo(() => cidrs.flatMap((written) => parseCidr(written) ?? []), [cidrs]);
  const byBlock = useMemo(() => {
    const blocks = new Map<number, Map<number, Entry>>();
    for (const entry of entries) {
      const address = parseIp(entry.ip) ?? 0;
      const start = Math.floor(address / BLOCK) * BLOCK;
      const block = blocks.get(start) ?? new Map<number, Entry>();
      blocks.set(start, block.set(address - start, entry));
    }
    return blocks;
  }, [entries]);
  const pickedAt = picked === null ? null : parseIp(picked);
  // what the legend leaves is a matter of style: no square is drawn again for it
  const left = only === null ? '' : ['', 'only', ...[...only].map((verdict) => `only-${verdict}`)].join(' ');
  return (
    <div className={`sweep-maps${left}`}>
      {blocksOf(scopes).map((start) => (
        <Block
          key={start}
          start={start}
          cells={byBlock.get(start) ?? EMPTY}
          scopes={scopes}
          words={words}
          picked={pickedAt !== null && pickedAt >= start && pickedAt < start + BLOCK ? pickedAt - start : null}
          onPick={onPick}
        />
      ))}
    </div>
  );
}
const EMPTY: ReadonlyMap<number, Entry> = new Map();

interface BlockProps {
  readonly start: number;
  readonly cells: ReadonlyMap<number, Entry>;
  readonly scopes: readonly Cidr[];
  readonly words: Words;
  readonly picked: number | null;
  readonly onPick: (ip: string) => void;
}

const who = (entry: Entry | undefined): string => entry?.fact?.holder?.person ?? entry?.host?.name ?? '';
/** Nothing in the block looks different. */
function alike(a: ReadonlyMap<number, Entry>, b: ReadonlyMap<number, Entry>): boolean {
  if (a.size !== b.size) return false;
  for (const [at, entry] of a) {
    const other = b.get(at);
    if (other?.verdict !== entry.verdict || who(other) !== who(entry)) return false;
  }
  return true;
}

const Block = memo(
  function Block({ start, cells, scopes, words, picked, onPick }: BlockProps): ReactNode {
    const [focus, setFocus] = useState(1);
    const kindOf = (address: number, entry: Entry | undefined): Kind => {
      if (entry) return entry.verdict;
      const scope = scopes.find((each) => address >= each.first && address <= each.last);
      if (!scope) return 'unasked';
      return scope.prefix <= 30 && (address === scope.first || address === scope.last) ? 'edge' : 'dead';
    };
    return (
      <section className="sweep-block">
        <h4 className="mono">{showIp(start)}/24</h4>
        <div className="sweep-cells" role="group" aria-label={`${showIp(start)}/24`}>
          {Array.from({ length: BLOCK }, (_, at) => {
            const entry = cells.get(at);
            const kind = kindOf(start + at, entry);
            return (
              <Square
                key={at}
                at={at}
                ip={showIp(start + at)}
                kind={kind}
                about={[words[kind], who(entry)].filter(Boolean).join(' ')}
                focus={at === focus}
                picked={picked === at}
                onFocus={setFocus}
                onPick={onPick}
              />
            );
          })}
        </div>
      </section>
    );
  },
  (a, b) =>
    a.start === b.start &&
    a.picked === b.picked &&
    a.scopes === b.scopes &&
    a.words === b.words &&
    alike(a.cells, b.cells),
);

interface SquareProps {
  readonly at: number;
  readonly ip: string;
  readonly kind: Kind;
  readonly about: string;
  readonly focus: boolean;
  readonly picked: boolean;
  readonly onFocus: (at: number) => void;
  readonly onPick: (ip: string) => void;
}
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

const Square = memo(function Square({ at, ip, kind, about, focus, picked, onFocus, onPick }: SquareProps): ReactNode {
  const walk = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const step = steps[event.key];
    const next = at + (step ?? 0);
    if (step === undefined || next < 0 || next >= BLOCK) return;
    event.preventDefault();
    onFocus(next);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  return (
    <button
      type="button"
      data-at={at}
      tabIndex={focus ? 0 : -1}
      className={`sweep-cell sweep-${kind}${picked ? ' picked' : ''}`}
      title={`${ip} ${about}`}
      aria-label={`${ip} ${about}`}
      disabled={kind === 'unasked'}
      onKeyDown={walk}
      onClick={() => {
        onFocus(at);
        onPick(ip);
      }}
    />
  );
});
