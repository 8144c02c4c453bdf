/** What stands around the demo school's repairs: where they happen and who does them, areas, articles, PCs that stay in the house. */
import { assets } from '../../../shared/features/assets.ts';
import { dutyAreas } from '../../../shared/features/duty-areas.ts';
import { knowledgeArticles } from '../../../shared/features/knowledge.ts';
import { addDays } from '../../../shared/day.ts';
import type { WriteDb } from '../door.ts';
import type { Campus, Person } from './registers.ts';

/** Where a fault is, and whose. */
export interface Spot {
  readonly person: Person | null;
  readonly location_id: string;
  readonly asset_id: string | null;
  readonly ip: string | null;
}
type Building = 'A' | 'B' | 'C';
type Place = Building | 'campus';
const CODES: readonly Building[] = ['A', 'B', 'C'];

interface Node {
  readonly id: string;
  readonly parent_id: string | null;
  readonly kind: string;
  readonly position: number | null;
}
interface Places {
  readonly campus: string;
  readonly buildings: Readonly<Record<Building, string>>;
  /** The building of each place of this campus. */
  readonly of: ReadonlyMap<string, Building>;
}

/** Of the campus written last. Buildings are told by their position, the code of their letter (registers.ts). */
function placesOf(tx: WriteDb): Places {
  const nodes = tx.all<Node>(
    'SELECT id, parent_id, kind, position FROM locations WHERE deleted_at IS NULL ORDER BY id',
  );
  const campus = nodes.findLast(({ kind }) => kind === 'campus')?.id ?? '';
  const own = nodes.filter(({ kind, parent_id }) => kind === 'building' && parent_id === campus);
  const idOf = (code: Building): string => own.find(({ position }) => position === code.charCodeAt(0))?.id ?? campus;
  const buildings = { A: idOf('A'), B: idOf('B'), C: idOf('C') };
  const of = new Map<string, Building>(CODES.map((code) => [buildings[code], code]));
  // Parents were written before what lies in them.
  for (const { id, parent_id } of nodes) {
    const code = of.get(parent_id ?? '');
    if (code) of.set(id, code);
  }
  return { campus, buildings, of };
}

export function bindingsByBuilding(tx: WriteDb, campus: Campus): Readonly<Record<Place, readonly Spot[]>> {
  const places = placesOf(tx);
  const people = new Map(campus.people.map((person) => [person.id, person]));
  const spots = campus.bindings.flatMap(({ person_id, location_id, asset_id, ip }) =>
    location_id === null ? [] : [{ person: people.get(person_id) ?? null, location_id, asset_id, ip }],
  );
  const inside = (code: Building): Spot[] => spots.filter(({ location_id }) => places.of.get(location_id) === code);
  return {
    A: inside('A'),
    B: inside('B'),
    C: inside('C'),
    campus: [{ person: null, location_id: places.campus, asset_id: null, ip: null }],
  };
}

/** Three technicians, one a building; the yard belongs to the one of the network office. */
const COLLEAGUES = { A: '赵强', B: '周敏' } as const;
export const staffOf = (technician: string): Readonly<Record<Place, string>> => ({
  ...COLLEAGUES,
  C: technician,
  campus: technician,
});

/** Days of the holiday swap after today: National Day of domain.md §4's clock. */
const SWAP = [2, 8] as const;

const ARTICLES = [
  {
    title: '网线插好却没有网',
    category: 'cable',
    symptom: '电脑右下角显示红叉，网口指示灯不亮。',
    solution: '两头网线拔下重插\n换一根好的网线试\n换旁边的信息点试\n仍不亮再报修，说明房间和信息点编号',
    handout: true,
  },
  {
    title: '提示 IP 地址冲突',
    category: 'ip_conflict',
    symptom: '右下角弹出“IP 地址与网络上的其他系统有冲突”。',
    solution: '不要自己改 IP\n记下自己的 IP\n网管按台账查两个 MAC 的登记，私设的一方改回自己的地址',
    handout: false,
  },
  {
    title: '打印机脱机怎么办',
    category: 'printer',
    symptom: '打印任务一直排队，打印机显示脱机。',
    solution: '看电源和网线\n打开打印队列，取消全部任务\n关机等 10 秒再开\n打印测试页',
    handout: true,
  },
  {
    title: '网络慢先查这几样',
    category: 'slow',
    symptom: '网页打开慢，视频卡。',
    solution: 'ping 网关看丢包\n看交换机端口有无环路告警\n查占带宽的终端\n换端口、换网线再测',
    handout: false,
  },
  {
    title: '弹窗广告多、电脑中毒',
    category: 'virus',
    symptom: '开机弹广告，浏览器主页被改。',
    solution: '先拔网线\n不要插 U 盘\n报修，网管断网全盘查杀\n查杀后修改密码',
    handout: true,
  },
  {
    title: '投影没有信号',
    category: 'projection',
    symptom: '投影机显示“无信号”。',
    solution: '确认视频线插紧\n按 Win+P 选“复制”\n投影机切换到对应信号源\n换视频线试',
    handout: true,
  },
] as const;

/** Rooms whose computers hold secrets. */
const SECRET_ROOM = '档案室';

export function writeRepairs(tx: WriteDb, campus: Campus, today: string, technician: string, first: boolean): void {
  const { buildings } = placesOf(tx);
  const staff = staffOf(technician);
  const [from, until] = [addDays(today, SWAP[0]), addDays(today, SWAP[1])];
  tx.insert(dutyAreas, {
    location_id: buildings.C,
    owner: staff.C,
    stand_in: staff.A,
    stand_in_from: from,
    stand_in_until: until,
    remark: '假期调班',
  });
  tx.insert(dutyAreas, { location_id: buildings.A, owner: staff.A });
  tx.insert(dutyAreas, { location_id: buildings.B, owner: staff.B });
  const secret = tx.value<string>('SELECT id FROM locations WHERE name = ? ORDER BY id DESC LIMIT 1', SECRET_ROOM);
  for (const { id, location_id, category } of campus.assets)
    if (location_id === secret && category === 'desktop') tx.patch(assets, id, { no_offsite: true });
  // One knowledge base for the unit, however many campuses it has.
  if (first) for (const article of ARTICLES) tx.insert(knowledgeArticles, { ...article, author: technician });
}
