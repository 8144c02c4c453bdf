/** The demo school's tools, keys, cards and sealed envelopes (domain.md §4: 18 tools). Fixed, so that its numbers can be asserted. */
import { envelopes, tools } from '../../../../shared/features/custody.ts';
import { addDays } from '../../../../shared/day.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { nextNumber } from '../../numbers.ts';

type Kind = 'tool' | 'key' | 'card';
type Condition = 'good' | 'worn' | 'damaged' | 'lost';
interface Plan {
  readonly name: string;
  readonly model?: string;
  readonly kind?: Kind;
  readonly quantity?: number;
  readonly condition?: Condition;
  /** Who has it, since how many days, due in how many (below zero: overdue), and whether it came back. */
  readonly out?: { readonly holder: string; readonly days: number; readonly due?: number; readonly back?: number };
}

export const LEAVER = '周建国';
const plans: readonly Plan[] = [
  { name: '压线钳', model: 'RJ45/RJ11', quantity: 2, out: { holder: LEAVER, days: 190 } },
  { name: '测线仪', model: '八芯带 PoE', out: { holder: LEAVER, days: 190 } },
  { name: '寻线仪', model: '抗干扰型', out: { holder: LEAVER, days: 60 } },
  { name: '打线刀', model: '110 型', quantity: 2, condition: 'worn', out: { holder: LEAVER, days: 190 } },
  { name: '光功率计', model: '1310/1550 nm', out: { holder: '何晓梅', days: 12, due: -5 } },
  { name: '红光笔', model: '10 km' },
  { name: '光纤切割刀', out: { holder: '何晓梅', days: 12, due: -5 } },
  { name: '螺丝刀套装', model: '32 件', quantity: 2, out: { holder: LEAVER, days: 190 } },
  { name: '剥线钳', quantity: 2, condition: 'worn' },
  { name: '数字万用表', out: { holder: '马会东', days: 40, back: 33 } },
  { name: '人字梯', model: '2.5 m' },
  { name: '冲击钻', condition: 'damaged', out: { holder: '马会东', days: 75, back: 70 } },
  { name: '标签打印机', model: '12/24 mm', out: { holder: LEAVER, days: 30 } },
  { name: 'Console 配置线', model: 'USB-RJ45', quantity: 3, out: { holder: LEAVER, days: 190 } },
  { name: '网络中心机房钥匙', kind: 'key', quantity: 2, out: { holder: LEAVER, days: 400 } },
  { name: '综合楼弱电间钥匙', kind: 'key', quantity: 3, out: { holder: '何晓梅', days: 24 } },
  { name: '教学楼弱电间钥匙', kind: 'key', quantity: 4, condition: 'lost' },
  { name: '信息实验楼门禁卡', kind: 'card', quantity: 2, out: { holder: LEAVER, days: 400 } },
];
const covers: readonly (readonly [system: string, account: string, holder: string, days: number, sealed: boolean])[] = [
  ['核心交换机', 'admin', '赵主任', 35, true],
  ['汇聚与接入交换机', 'netadmin', '赵主任', 35, true],
  ['防火墙', 'secadmin', '赵主任', 96, true],
  ['无线控制器', 'admin', LEAVER, 35, true],
  ['虚拟化平台', 'root', '赵主任', 160, true],
  ['监控录像机', 'admin', LEAVER, 410, false],
];

/** In the office of the network centre; everything relative to today. */
export function writeCustody(tx: WriteDb, engine: Engine): void {
  const today = engine.today();
  const office =
    tx.value<string>("SELECT id FROM locations WHERE name LIKE '%网络中心办公室%' ORDER BY id LIMIT 1") ?? null;
  for (const { name, model, kind = 'tool', quantity = 1, condition = 'good', out } of plans)
    tx.insert(tools, {
      number: nextNumber(tx, 'GJ', engine.machine(), today),
      kind,
      name,
      model: model ?? null,
      quantity,
      condition,
      location_id: office,
      holder: out?.holder ?? null,
      issued_on: out ? addDays(today, -out.days) : null,
      back_by: out?.due === undefined ? null : addDays(today, out.due),
      returned_on: out?.back === undefined ? null : addDays(today, -out.back),
      received_by: out?.back === undefined ? null : '赵主任',
    });
  covers.forEach(([system, account, holder, days, sealed], index) =>
    tx.insert(envelopes, {
      number: `MF-${String(index + 1).padStart(2, '0')}`,
      system,
      account,
      holder,
      sealed,
      changed_on: addDays(today, -days),
      location_id: office,
    }),
  );
}
