/** The notebook's own words, for papers, sheets and sentences made on the engine's side. */
import type { Translate } from '../../shared/refusal-text.ts';
import { translator } from '../../shared/translate.ts';
import type { Engine } from './engine.ts';

export const wordsOf = ({ setup }: Pick<Engine, 'setup'>): Translate =>
  translator(setup?.language ?? 'zh-CN', setup?.sector);
