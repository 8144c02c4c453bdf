/** The mark: a notebook with its rings, and a network port on the cover. */
import type { ReactNode } from 'react';

export const Brand = ({ size = 24 }: { size?: number }): ReactNode => (
  <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="brand-mark">
    <rect x="5" y="2.5" width="15" height="19" rx="2" className="brand-cover" />
    <path d="M3 7h4M3 12h4M3 17h4" className="brand-ring" />
    <path d="M9.5 9h6v4.5h-1.5v2h-3v-2h-1.5z" className="brand-port" />
  </svg>
);
