/** Panels that other features add to the settings screen, in this order (each one a `<section className="setting">`). */
import type { ComponentType } from 'react';
import { CalendarPanel } from './calendar/panel.tsx';

export const panels: readonly ComponentType[] = [CalendarPanel];
