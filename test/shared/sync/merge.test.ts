import fc from 'fast-check';
import { assets } from '../../../shared/features/assets.ts';
import { estimate, later } from '../../../shared/sync/estimate.ts';
import { fits } from '../../../shared/sync/fits.ts';
import { mergeField } from '../../../shared/sync/merge.ts';

const { serial, brand, remark } = assets.fields;
const nobody = (): null => null;
const value = fc.option(fc.constantFrom('甲', '乙', '丙'), { nil: null });

test('untouched, or wanted by both: clean, whatever the class', () => {
  fc.assert(
    fc.property(value, value, fc.constantFrom(serial, brand, remark), (before, after, field) => {
      expect(mergeField(field, { before, after }, before, nobody)).toEqual({ is: 'clean', value: after });
      expect(mergeField(field, { before, after }, after, nobody)).toEqual({ is: 'clean', value: after });
    }),
    { seed: 1 },
  );
});

test('class C is held, class B keeps the store unless mine is certainly later', () => {
  const clash = { before: '甲', after: '乙' };
  expect(mergeField(serial, clash, '丙', () => 'mine')).toEqual({ is: 'held' });
  expect(mergeField(brand, clash, '丙', nobody)).toEqual({ is: 'soft', value: '丙', kept: 'theirs' });
  expect(mergeField(brand, clash, '丙', () => 'mine')).toEqual({ is: 'soft', value: '乙', kept: 'mine' });
});

test('no line that somebody added to a note is ever lost', () => {
  const line = fc.constantFrom('一', '二', '三', '四', '五', '六');
  const note = fc.array(line, { maxLength: 6 });
  fc.assert(
    fc.property(note, note, note, (base, mine, theirs) => {
      const verdict = mergeField(
        remark,
        { before: base.join('\n'), after: mine.join('\n') },
        theirs.join('\n'),
        nobody,
      );
      const merged = 'value' in verdict ? String(verdict.value ?? '').split('\n') : [];
      for (const added of [...mine, ...theirs])
        if (!base.includes(added) && verdict.is === 'merged') expect(merged).toContain(added);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('a note too long for both versions is held rather than cut', () => {
  const long = (sign: string): string => sign.repeat(1500);
  expect(mergeField(remark, { before: '', after: long('甲') }, long('乙'), nobody)).toEqual({ is: 'held' });
});

test('a laptop whose clock is wrong by ten years dates its commits by the time that passed', () => {
  const now = Date.parse('2026-09-29T08:00:00Z');
  const made = { wall_ms: Date.parse('2016-01-01T00:00:00Z'), boot_id: 'b', mono_ms: 1000 };
  const sent = { wall_ms: made.wall_ms + 60_000, boot_id: 'b', mono_ms: 61_000 };
  expect(estimate(made, sent, now)).toEqual({ est_at: now - 60_000, unc_ms: 2012 });
  // Set right in between, by twenty years: the date stays, the certainty goes.
  const leap = Date.parse('2036-01-01T00:00:00Z') - sent.wall_ms;
  expect(estimate(made, { ...sent, wall_ms: sent.wall_ms + leap }, now)).toEqual({
    est_at: now - 60_000,
    unc_ms: 2012 + leap,
  });
  const otherBoot = estimate(made, { ...sent, boot_id: 'c' }, now);
  expect(otherBoot.unc_ms).toBe(86_400_000);
  expect(otherBoot.est_at).toBeLessThanOrEqual(now);
  expect(later({ est_at: 10, unc_ms: 5 }, { est_at: 18, unc_ms: 5 })).toBeNull();
  expect(later({ est_at: 10, unc_ms: 5 }, { est_at: 30, unc_ms: 5 })).toBe('b');
});

test('a laptop that slept between commit and sync claims no more than it knows', () => {
  const hour = 3_600_000;
  const received = Date.parse('2026-09-29T17:00:00+08:00');
  const made = { wall_ms: received - 8 * hour, boot_id: 'b', mono_ms: 1000 };
  // The monotonic clock ran for ten minutes of these eight hours.
  const mine = estimate(made, { wall_ms: received, boot_id: 'b', mono_ms: 601_000 }, received);
  expect(mine.est_at).toBe(received - 8 * hour);
  const colleague = { est_at: received - 5 * hour, unc_ms: 2000 };
  expect(later(mine, colleague)).not.toBe('a');
  // The truth lies within, whether it slept or somebody set the clock.
  expect(mine.est_at + mine.unc_ms).toBeGreaterThanOrEqual(received - 600_000);
  // Set back by an hour: never dated by a clock that was wrong.
  const back = estimate(made, { wall_ms: made.wall_ms - hour, boot_id: 'b', mono_ms: 601_000 }, received);
  expect(back.est_at).toBe(received - 600_000);
  expect(back.unc_ms).toBeGreaterThanOrEqual(hour);
});

test('only what the typed column can hold is let in', () => {
  const { purchased_on, mac, ip, price, quantity, location_id } = assets.fields;
  for (const [field, good, bad] of [
    [purchased_on, '2024-02-29', '2023-02-29'],
    [mac, '3C52821A0001', '3c52821a0001'],
    [ip, '10.20.30.4', '10.20.30.256'],
    [price, 1, 1.5],
    [quantity, 0, '0'],
    [location_id, '01a20440-4269-7000-8000-01a511c0934d', "x'; DROP TABLE app.assets"],
    [serial, '中文 😀', 'a\0b'],
  ] as const) {
    expect([good, fits(field, good)]).toEqual([good, true]);
    expect([bad, fits(field, bad)]).toEqual([bad, false]);
  }
});
