/** Small texts that look the same everywhere: addresses in a fixed-width face, moments with the distance beside them. */
import type { ReactNode } from 'react';
import { showInstant, showMoment } from '../../shared/day.ts';
import { showMac } from '../../shared/mac.ts';

/** What stands where nothing was given (domain.md §2.0). */
export const NONE = '—';

export const Mac = ({ hex }: { hex: string | null }): ReactNode =>
  hex ? <span className="mono">{showMac(hex)}</span> : NONE;
/** A moment (ms UTC) as `YYYY-MM-DD HH:mm`; with seconds where another of the same minute stands beside it. */
export const Moment = ({ at, seconds = false }: { at: number | null; seconds?: boolean }): ReactNode =>
  at === null ? NONE : <time dateTime={new Date(at).toISOString()}>{seconds ? showInstant(at) : showMoment(at)}</time>;

/** Cents as yuan with two decimals and thousands marks. */
export const showMoney = (cents: number): string =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A key as printed on the keyboard, for hints. */
export const Key = ({ children }: { children: ReactNode }): ReactNode => <kbd className="key">{children}</kbd>;
