/** Many at once. Routes: `opening` (rows by paste), `opening/seats` (a computer room), `opening/move?person=…|binding=…|asset=…`, `opening/clash?ip=…`. */
import type { ReactNode } from 'react';
import type { ScreenProps } from '../../screens.ts';
import { BatchPage } from './batch.tsx';
import { ClashPage } from './clash-page.tsx';
import { MovePage } from './move-page.tsx';
import { SeatsPage } from './seats-page.tsx';
import './opening.css';

export function OpeningScreen({ rest, query }: ScreenProps): ReactNode {
  const [what] = rest;
  if (what === 'clash') return <ClashPage key={query['ip']} ip={query['ip'] ?? ''} moved={query['moved'] ?? null} />;
  if (what === 'move') return <MovePage key={JSON.stringify(query)} query={query} />;
  return what === 'seats' ? <SeatsPage /> : <BatchPage />;
}
