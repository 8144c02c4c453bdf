/** Stored sweeps. Routes: `sweeps` (all of them), `sweeps/A/B` (two compared), `sweeps/import` (another scanner's file). */
import type { ReactNode } from 'react';
import type { ScreenProps } from '../../screens.ts';
import { CompareView } from './compare.tsx';
import { ImportView } from './import.tsx';
import { SweepList } from './list.tsx';
import './sweeps.css';

export function SweepsScreen({ rest: [first, second] }: ScreenProps): ReactNode {
  if (first === 'import') return <ImportView />;
  if (first !== undefined && second !== undefined)
    return <CompareView key={`${first} ${second}`} before={first} after={second} />;
  return <SweepList />;
}
