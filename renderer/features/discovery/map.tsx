/** One square an address, sixteen by sixteen a /24, as the technician has it in mind. Arrow keys walk, Enter shows the address. */
import { memo, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Verdict } from '../../../shared/features/discovery/match.ts';
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

export function SweepMap({ cidrs, entries, only, picked, onPick }: MapProps): ReactNode {
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
  return (
    <div className="sweep-maps">
      {blocksOf(scopes).map((start) => {
        const cells = byBlock.get(start);
        // a block whose text is the same is not drawn again
        const look = cells
          ? [...cells].map(([at, entry]) => `${at}${entry.verdict}${entry.fact?.holder?.person ?? ''}`).join()
          : '';
        return (
          <Block
            key={start}
            start={start}
            look={look}
            cells={cells ?? EMPTY}
            scopes={scopes}
            only={only}
            picked={pickedAt !== null && pickedAt >= start && pickedAt < start + BLOCK ? pickedAt - start : null}
            onPick={onPick}
          />
        );
      })}
    </div>
  );
}
const EMPTY: ReadonlyMap<number, Entry> = new Map();

interface BlockProps {
  readonly start: number;
  readonly look: string;
  readonly cells: ReadonlyMap<number, Entry>;
  readonly scopes: readonly Cidr[];
  readonly only: ReadonlySet<Verdict> | null;
  readonly picked: number | null;
  readonly onPick: (ip: string) => void;
}
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

const Block = memo(
  function Block({ start, cells, scopes, only, picked, onPick }: BlockProps): ReactNode {
    const t = useText();
    const [focus, setFocus] = useState(1);
    const walk = (event: KeyboardEvent<HTMLButtonElement>): void => {
      const step = steps[event.key];
      const next = focus + (step ?? 0);
      if (step === undefined || next < 0 || next >= BLOCK) return;
      event.preventDefault();
      setFocus(next);
      event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
    };
    const within = (address: number): boolean =>
      scopes.some((scope) => address >= scope.first && address <= scope.last);
    const edge = (address: number): boolean =>
      scopes.some((scope) => scope.prefix <= 30 && (address === scope.first || address === scope.last));
    return (
      <section className="sweep-block">
        <h4 className="mono">{showIp(start)}/24</h4>
        <div className="sweep-cells" role="group" aria-label={`${showIp(start)}/24`}>
          {Array.from({ length: BLOCK }, (_, at) => {
            const address = start + at;
            const entry = cells.get(at);
            const kind = entry ? entry.verdict : !within(address) ? 'unasked' : edge(address) ? 'edge' : 'dead';
            const word = entry
              ? t(verdictKey(entry.verdict))
              : t(
                  kind === 'unasked'
                    ? 'discovery.cell_unasked'
                    : kind === 'edge'
                      ? 'discovery.cell_edge'
                      : 'discovery.cell_dead',
                );
            const who = entry?.fact?.holder?.person ?? entry?.host?.name ?? '';
            const dim = only !== null && !(entry && only.has(entry.verdict));
            const label = [showIp(address), word, who].filter(Boolean).join(' ');
            return (
              <button
                key={at}
                type="button"
                data-at={at}
                tabIndex={at === focus ? 0 : -1}
                className={`sweep-cell sweep-${kind}${dim ? ' dim' : ''}${picked === at ? ' picked' : ''}`}
                title={label}
                aria-label={label}
                disabled={kind === 'unasked'}
                onKeyDown={walk}
                onClick={() => {
                  setFocus(at);
                  onPick(showIp(address));
                }}
              />
            );
          })}
        </div>
      </section>
    );
  },
  (a, b) =>
    a.look === b.look && a.only === b.only && a.picked === b.picked && a.scopes === b.scopes && a.start === b.start,
);
