/** What the school owns beside its PCs: 40 network devices and 59 others (domain.md §4). */
import type { assetCategories } from '../../../shared/features/assets.ts';

export interface DevicePlan {
  readonly category: (typeof assetCategories)[number];
  readonly name: string;
  readonly brand: string;
  readonly model: string;
  /** First six hex digits of the maker's MAC addresses, null for things without a network card. */
  readonly oui: string | null;
  /** Room or closet where each one stands; a device per entry. */
  readonly rooms: readonly string[];
  readonly subnet: string | null;
  readonly price: number;
}

const times = (n: number, room: string): string[] => Array.from({ length: n }, () => room);
const CLASSROOMS = Array.from(
  { length: 45 },
  (_, i) => `B${Math.floor(i / 9) + 1}${String((i % 9) + 1).padStart(2, '0')}`,
);
const CORE = 'C110 网络中心机房';
const closet = (building: string, floor: number): string => `${building}${floor}F 弱电间`;

export const devicePlans: readonly DevicePlan[] = [
  {
    category: 'firewall',
    name: '防火墙',
    brand: '华为',
    model: 'USG6525E',
    oui: '00E0FC',
    rooms: [CORE],
    subnet: '设备管理',
    price: 4_800_000,
  },
  {
    category: 'switch',
    name: '核心交换机',
    brand: '华为',
    model: 'S7706',
    oui: '00E0FC',
    rooms: [CORE],
    subnet: '设备管理',
    price: 9_600_000,
  },
  {
    category: 'switch',
    name: '汇聚交换机',
    brand: 'H3C',
    model: 'S5560X-54C',
    oui: '3C8C40',
    rooms: [closet('A', 1), closet('B', 1), closet('C', 1)],
    subnet: '设备管理',
    price: 1_800_000,
  },
  {
    category: 'switch',
    name: '接入交换机',
    brand: 'H3C',
    model: 'S5130S-52P',
    oui: '3C8C40',
    subnet: '设备管理',
    price: 520_000,
    rooms: [
      closet('A', 1),
      closet('A', 2),
      closet('A', 3),
      closet('B', 1),
      closet('B', 2),
      closet('B', 3),
      closet('B', 4),
      ...times(2, closet('C', 1)),
      ...times(3, closet('C', 2)),
      ...times(3, closet('C', 3)),
      ...times(2, closet('C', 4)),
    ],
  },
  {
    category: 'ap',
    name: '无线AP',
    brand: '锐捷',
    model: 'RG-AP820',
    oui: '58696C',
    rooms: ['党政办', '图书馆', 'B101', 'B201', 'B301', 'B401', 'C101 电子阅览室', 'C112 网络中心办公室'],
    subnet: '设备管理',
    price: 180_000,
  },
  {
    category: 'controller',
    name: '无线控制器',
    brand: '锐捷',
    model: 'RG-WS6008',
    oui: '58696C',
    rooms: [CORE],
    subnet: '设备管理',
    price: 2_600_000,
  },
  {
    category: 'ups',
    name: '不间断电源',
    brand: '山特',
    model: 'C6KS',
    oui: '001B21',
    rooms: [CORE, CORE],
    subnet: '设备管理',
    price: 680_000,
  },
  {
    category: 'printer',
    name: '激光打印机',
    brand: '惠普',
    model: 'M405d',
    oui: '3C5282',
    rooms: ['文印室', '财务室', '教务处', 'B110 教师办公室', 'B310 教师办公室', 'C112 网络中心办公室'],
    subnet: '打印',
    price: 230_000,
  },
  {
    category: 'camera',
    name: '网络摄像机',
    brand: '海康威视',
    model: 'DS-2CD3T46',
    oui: '4419B6',
    rooms: ['总务处', 'B101', 'B110 教师办公室', CORE],
    subnet: '监控',
    price: 65_000,
  },
  {
    category: 'nvr',
    name: '网络录像机',
    brand: '海康威视',
    model: 'DS-8632N',
    oui: '4419B6',
    rooms: [CORE],
    subnet: '监控',
    price: 480_000,
  },
  {
    category: 'server',
    name: '服务器',
    brand: '浪潮',
    model: 'NF5280M6',
    oui: '6C92BF',
    rooms: times(4, CORE),
    subnet: '服务器',
    price: 4_200_000,
  },
  {
    category: 'converter',
    name: '光纤收发器',
    brand: 'TP-LINK',
    model: 'TL-FC311',
    oui: null,
    rooms: [closet('A', 2), closet('B', 3), closet('C', 4), closet('C', 5)],
    subnet: null,
    price: 22_000,
  },
  {
    category: 'projector',
    name: '投影机',
    brand: '爱普生',
    model: 'CB-X49',
    oui: null,
    rooms: CLASSROOMS,
    subnet: null,
    price: 420_000,
  },
  {
    category: 'switch',
    name: '备用交换机',
    brand: 'H3C',
    model: 'S5130S-28P',
    oui: null,
    rooms: times(2, 'C404 准备室'),
    subnet: null,
    price: 380_000,
  },
];

/** Desktop makers with the start of their MAC addresses and a model of about that time. */
export const pcMakers = [
  { brand: '联想', model: '启天M428', oui: '8C1645' },
  { brand: '惠普', model: 'ProDesk 480', oui: '3C5282' },
  { brand: '戴尔', model: 'OptiPlex 3080', oui: '509A4C' },
  { brand: '清华同方', model: '超越E500', oui: '94C691' },
  { brand: '华硕', model: 'D500TC', oui: '04D9F5' },
] as const;

/** PCs by the year they were bought. */
export const pcYears: readonly (readonly [number, number])[] = [
  [2018, 60],
  [2019, 90],
  [2020, 120],
  [2021, 85],
  [2022, 120],
  [2023, 65],
  [2024, 40],
  [2025, 20],
];
