import { folded, spanText } from '../../../../shared/features/ipam/fold.ts';

const line = (ip: string, state = 'free', remark: string | null = null) => ({ ip, state, remark });
const fold = (...lines: ReturnType<typeof line>[]): string[] =>
  folded(lines, ({ state }) => state !== 'active').map(
    ({ row, count, last }) => `${spanText(row.ip, last.ip)} ${row.state} ${count}`,
  );
const free = (from: number, to: number, remark: string | null = null) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(`10.0.0.${from + index}`, 'free', remark));

test('neighbours that are free become one row; two stay two', () => {
  expect(fold(...free(1, 4), line('10.0.0.5', 'active'), ...free(6, 7))).toEqual([
    '10.0.0.1–4 free 4',
    '10.0.0.5 active 1',
    '10.0.0.6 free 1',
    '10.0.0.7 free 1',
  ]);
});

test('another state, another remark or another block of 256 begins another row; a held address is never folded', () => {
  const held = [5, 6, 7].map((n) => line(`10.0.0.${n}`, 'active'));
  expect(fold(...free(1, 3), ...held)).toEqual(['10.0.0.1–3 free 3', ...[5, 6, 7].map((n) => `10.0.0.${n} active 1`)]);
  expect(fold(...free(1, 3), ...free(4, 6, '门禁'))).toEqual(['10.0.0.1–3 free 3', '10.0.0.4–6 free 3']);
  const over = [...free(253, 255), ...[0, 1, 2].map((n) => line(`10.0.1.${n}`))];
  expect(fold(...over)).toEqual(['10.0.0.253–255 free 3', '10.0.1.0–2 free 3']);
});
