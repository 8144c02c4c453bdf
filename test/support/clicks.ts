/** Counts what a walk-through costs (domain.md §3.1): every press of a button and every key, and says where they went when it is too much. */
import type { Locator, Page } from 'playwright-core';

export interface Walk {
  click(target: Locator, what: string): Promise<void>;
  /** Text as it is typed: one key a letter. */
  type(text: string): Promise<void>;
  /** A key or a chord: as many keys as are held. */
  press(keys: string): Promise<void>;
  /** Fails above its budget, with everything that was counted. */
  within(budget: { readonly clicks: number; readonly keys: number }): void;
}

export function walkOn(page: Page): Walk {
  const clicks: string[] = [];
  const keys: string[] = [];
  return {
    async click(target, what) {
      await target.click();
      clicks.push(what);
    },
    async type(text) {
      await page.keyboard.type(text);
      keys.push(...text);
    },
    async press(chord) {
      await page.keyboard.press(chord);
      keys.push(...chord.split('+'));
    },
    within(budget) {
      expect({ clicks: clicks.length <= budget.clicks || clicks, keys: keys.length <= budget.keys || keys }).toEqual({
        clicks: true,
        keys: true,
      });
    },
  };
}
