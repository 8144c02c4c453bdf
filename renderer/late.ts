/** Parts of the window that are loaded when they are first needed, also while a network card comes up or goes (before.js). */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** Its file did not arrive; what it says is worded by `frame.notLoaded`. */
export class NotLoaded extends Error {}

const PAUSES_MS = [200, 500, 1000, 2000, 4000];
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries again after each pause; throws NotLoaded when the last one was in vain too. */
export async function patiently<T>(load: () => Promise<T>, pauses: readonly number[] = PAUSES_MS): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load();
    } catch {
      await rest(pause);
    }
  }
  try {
    return await load();
  } catch (error) {
    throw new NotLoaded('a part of the window did not load', { cause: error });
  }
}

export const late = <Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> =>
  lazy(async () => ({ default: await patiently(load) }));
