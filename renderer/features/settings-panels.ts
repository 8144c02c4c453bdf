/** Panels that other features add to the settings screen, in this order (each one a `<section className="setting">`). */
import type { ComponentType } from 'react';

export const panels: readonly ComponentType[] = [];
