/** What a sweep saw stands in the address table, on paper and as a workbook. */
import { addressLines } from '../../../../../main/engine/features/address-table/rows.ts';
import { needSubnet } from '../../../../../main/engine/features/ipam/plan.ts';
import { macOf, office, pc, type Office } from '../../../../support/found.ts';
import { tableFrom } from '../../../../support/transfer.ts';

let t: Office;
beforeEach(async () => {
  // .5 is as registered, a stranger is at .9, and nobody knows who is at .30.
  t = await office({ hosts: [pc(5), pc(9, { mac: macOf(99) }), pc(30)] });
  await t.sweep();
});
afterEach(() => t.close());

const lines = () =>
  new Map(
    addressLines(t.engine.db, needSubnet(t.engine.db, t.subnet), t.engine.today()).map((line) => [
      Number(line.ip.split('.')[3]),
      line,
    ]),
  );

test('an unregistered host and a clash outweigh what the register says', () => {
  const at = lines();
  expect([5, 9, 30, 31].map((octet) => at.get(octet)?.form_state)).toEqual([
    'active',
    'conflict',
    'unregistered',
    'free',
  ]);
  expect([5, 30, 31].map((octet) => at.get(octet)?.seen_at !== null)).toEqual([true, true, false]);
});

test('the map asks when each address was last seen', async () => {
  const seen = await t.call.addressing.seen({ subnet_id: t.subnet, offset: 0, limit: 256 });
  // .250 is this laptop itself.
  expect(Object.keys(seen).toSorted()).toEqual(['10.20.30.250', '10.20.30.30', '10.20.30.5', '10.20.30.9']);
  await expect(t.call.addressing.seen({ subnet_id: t.subnet, offset: 0, limit: 9 })).resolves.toHaveProperty([
    '10.20.30.5',
  ]);
});

test('the workbook has a row for every address, nothing folded', async () => {
  const { rows } = await tableFrom(await t.call.addressing.sheet({ subnet_ids: [t.subnet] }));
  const ips = rows.filter(({ text }) => /^10\.20\.30\.\d+$/.test(text[0] ?? ''));
  expect(ips).toHaveLength(256);
  const row = (octet: number) => ips.find(({ text }) => text[0] === `10.20.30.${octet}`)?.text;
  expect(row(30)?.[1]).toBe('未登记');
  expect(row(9)?.[1]).toBe('冲突');
  expect(row(5)?.[7]).toBe('00-1B-21-00-00-05');
});

test('every subnet has its own sheet when none is named', async () => {
  await t.call.ipam.createSubnet({ cidr: '10.20.80.0/28', name: '打印/复印', purpose: 'printer' });
  const { rows } = await tableFrom(await t.call.addressing.sheet({}), '10.20.80.0-28 打印 复印');
  expect(rows.filter(({ text }) => text[0]?.startsWith('10.20.80.'))).toHaveLength(16);
});
