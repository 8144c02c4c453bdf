/** Every migration in order. Numbers only grow; a released one never changes. */
import { initial } from './001_initial.ts';

export interface Migration {
  readonly number: number;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [initial];
