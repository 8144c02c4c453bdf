/** The school's buildings, rooms and closets, with the PCs that stand in each (domain.md §4: 93 rooms, 600 PCs). */

export interface RoomPlan {
  readonly building: 'A' | 'B' | 'C';
  readonly floor: number;
  readonly name: string;
  readonly kind: 'room' | 'closet';
  readonly pcs: number;
  /** Name of the subnet its PCs live in. */
  readonly subnet: string;
  readonly department: string;
}

const room = (
  building: RoomPlan['building'],
  floor: number,
  name: string,
  pcs: number,
  subnet: string,
  department = name,
): RoomPlan => ({
  building,
  floor,
  name,
  kind: 'room',
  pcs,
  subnet,
  department,
});

/** 综合楼: name, PCs, floor. */
const OFFICES: readonly (readonly [string, number, number])[] = [
  ['总务处', 8, 1],
  ['文印室', 4, 1],
  ['校医室', 3, 1],
  ['财务室', 6, 1],
  ['教务处', 10, 2],
  ['政教处', 8, 2],
  ['教研室', 10, 2],
  ['档案室', 4, 2],
  ['校长室', 1, 3],
  ['副校长室', 3, 3],
  ['党政办', 9, 3],
  ['小会议室', 1, 3],
  ['大会议室', 2, 4],
  ['团委工会', 8, 4],
  ['图书馆', 13, 4],
];
const GRADES = ['七年级', '八年级', '九年级'];
const TEACHER_ROOMS: readonly (readonly [string, number])[] = [
  ['B110', 15],
  ['B111', 12],
  ['B210', 14],
  ['B310', 15],
  ['B410', 14],
  ['B510', 15],
];
const LABS: readonly (readonly [string, number])[] = [
  ['C103 物理实验室', 6],
  ['C203 化学实验室', 6],
  ['C303 生物实验室', 6],
  ['C403 地理实验室', 6],
  ['C402 创客室', 6],
];
const CLOSETS = { A: [1, 2, 3], B: [1, 2, 3, 4], C: [1, 2, 3, 4, 5] } as const;

function classrooms(): RoomPlan[] {
  return Array.from({ length: 45 }, (_, i) => {
    const floor = Math.floor(i / 9) + 1;
    const grade = GRADES[Math.floor(i / 15)] ?? '';
    const name = `B${floor}${String((i % 9) + 1).padStart(2, '0')}`;
    return room('B', floor, name, 1, '教室', `${grade}(${(i % 15) + 1})班`);
  });
}

export const buildings = { A: '综合楼', B: '教学楼', C: '信息实验楼' } as const;

export const roomPlans: readonly RoomPlan[] = [
  ...OFFICES.map(([name, pcs, floor]) => room('A', floor, name, pcs, '行政办公')),
  ...classrooms(),
  ...TEACHER_ROOMS.map(([name, pcs]) =>
    room('B', Number(name[1]), `${name} 教师办公室`, pcs, '教师办公', GRADES[Number(name[1]) % 3] + '组'),
  ),
  room('C', 1, 'C101 电子阅览室', 40, '电子阅览室', '图书馆'),
  room('C', 1, 'C110 网络中心机房', 0, '服务器', '网络中心'),
  room('C', 1, 'C112 网络中心办公室', 8, '实验室与网络中心', '网络中心'),
  ...['C201', 'C202', 'C301', 'C302', 'C401'].map((name, i) =>
    room('C', Number(name[1]), `${name} 机房${i + 1}`, 60, `机房${i + 1}`, '信息组'),
  ),
  ...LABS.map(([name, pcs]) => room('C', Number(name[1]), name, pcs, '实验室与网络中心', '实验中心')),
  room('C', 5, 'C501 录播室', 2, '实验室与网络中心', '教务处'),
  room('C', 4, 'C404 准备室', 0, '实验室与网络中心', '实验中心'),
  ...(['A', 'B', 'C'] as const).flatMap((building) =>
    CLOSETS[building].map((floor): RoomPlan => ({
      building,
      floor,
      name: `${building}${floor}F 弱电间`,
      kind: 'closet',
      pcs: 0,
      subnet: '设备管理',
      department: '网络中心',
    })),
  ),
];
