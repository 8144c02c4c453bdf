/** The fault mix of the demo school (domain.md §4): how many of 120, how many of these late, how long a repair takes, what is said and done. */
import type { tickets } from '../../../shared/features/tickets.ts';
import type { PartLine } from '../../../shared/features/tickets/parts.ts';
import type { DraftOf } from '../../../shared/record.ts';

type Draft = DraftOf<typeof tickets>;
export interface FaultPlan {
  readonly category: Draft['category'];
  readonly n: number;
  readonly late: number;
  /** Median working hours. */
  readonly median: number;
  readonly symptoms: readonly string[];
  readonly action: string;
  readonly cause: NonNullable<Draft['cause']>;
  readonly parts: readonly PartLine[];
}
const part = (name: string, spec: string, quantity = 1): PartLine => ({ name, spec, quantity });

export const faultPlans: readonly FaultPlan[] = [
  {
    category: 'cable',
    n: 22,
    late: 1,
    median: 1,
    symptoms: ['水晶头松动，时断时续', '网线被桌腿压断，没有网', '电脑上不了网，指示灯不亮'],
    action: '重做水晶头',
    cause: 'wear',
    parts: [part('水晶头', '超六类', 2)],
  },
  {
    category: 'slow',
    n: 16,
    late: 3,
    median: 4,
    symptoms: ['网络很慢，网页打不开', '上课时在线视频一直卡'],
    action: '查环路并限速，换口',
    cause: 'configuration',
    parts: [],
  },
  {
    category: 'no_access',
    n: 15,
    late: 0,
    median: 1.5,
    symptoms: ['无法上网，提示未识别的网络', '认证页面弹不出来'],
    action: '改正IP配置',
    cause: 'configuration',
    parts: [],
  },
  {
    category: 'printer',
    n: 12,
    late: 1,
    median: 3,
    symptoms: ['打印机脱机，无法打印', '打印出来有黑条'],
    action: '清理队列，换硒鼓',
    cause: 'wear',
    parts: [part('硒鼓', 'CF276A')],
  },
  {
    category: 'ip_conflict',
    n: 10,
    late: 1,
    median: 2,
    symptoms: ['提示IP地址冲突'],
    action: '改址，查私设地址',
    cause: 'human',
    parts: [],
  },
  {
    category: 'wireless',
    n: 9,
    late: 1,
    median: 4,
    symptoms: ['无线连不上', '会议室无线信号弱'],
    action: '重启AP',
    cause: 'configuration',
    parts: [],
  },
  {
    category: 'ports_short',
    n: 7,
    late: 2,
    median: 14,
    symptoms: ['端口不够用，需要加信息点'],
    action: '加装交换机',
    cause: 'other',
    parts: [part('交换机', '8 口千兆')],
  },
  {
    category: 'port_damaged',
    n: 7,
    late: 1,
    median: 3,
    symptoms: ['墙上信息点插不紧'],
    action: '更换模块',
    cause: 'wear',
    parts: [part('信息模块', '超六类')],
  },
  {
    category: 'pc',
    n: 6,
    late: 0,
    median: 1,
    symptoms: ['电脑蓝屏，无法开机', '办公软件打不开'],
    action: '指导用户重装系统',
    cause: 'other',
    parts: [],
  },
  {
    category: 'switch_power',
    n: 4,
    late: 1,
    median: 6,
    symptoms: ['整层断网'],
    action: '更换交换机电源',
    cause: 'wear',
    parts: [part('电源', '交换机 150W')],
  },
  {
    category: 'virus',
    n: 4,
    late: 1,
    median: 6,
    symptoms: ['电脑中毒，弹窗广告'],
    action: '断网查杀',
    cause: 'virus',
    parts: [],
  },
  {
    category: 'loop',
    n: 3,
    late: 0,
    median: 2.5,
    symptoms: ['办公室网络时断时续，交换机灯狂闪'],
    action: '定位环路端口并关闭',
    cause: 'human',
    parts: [],
  },
  {
    category: 'projection',
    n: 3,
    late: 0,
    median: 4,
    symptoms: ['投影没有信号'],
    action: '更换视频线',
    cause: 'wear',
    parts: [part('视频线', 'HDMI 5米')],
  },
  {
    category: 'other',
    n: 2,
    late: 0,
    median: 2,
    symptoms: ['需要协助调试设备'],
    action: '现场协助',
    cause: 'other',
    parts: [],
  },
];

/** Reports of the six months up to now, the present one last; the peak is the start of term. */
export const monthCounts = [24, 22, 23, 9, 6, 36] as const;
/** By building; `campus` is the yard. */
export const placeCounts = { C: 53, B: 41, A: 24, campus: 2 } as const;
export const channelCounts = { phone: 55, chat: 30, paper: 20, scan: 10, round: 5 } as const;
export const priorityCounts = { urgent: 6, high: 18, normal: 84, low: 12 } as const;

/** Minutes of the day, by share. */
export const reportHours: readonly (readonly [readonly [number, number], number])[] = [
  [[450, 570], 34],
  [[570, 720], 28],
  [[810, 930], 22],
  [[930, 1050], 14],
  [[1050, 1170], 2],
];
/** Monday to Friday by share; a weekend day is a make-up day, or an event. */
export const weekdayWeights = [26, 20, 18, 18, 16, 1, 1] as const;

/**
 * The 20 tickets that are not closed: state, and how many working days ago each was reported. Two are overdue, three due today, one is
 * of today (domain.md §4).
 */
export const openPlans: readonly (readonly [Draft['state'], number])[] = [
  ['paused', 9],
  ['paused', 7],
  ['paused', 6],
  ['paused', 4],
  ['working', 4],
  ['working', 3],
  ['to_confirm', 4],
  ['to_confirm', 3],
  ['to_confirm', 3],
  ['to_confirm', 2],
  ['to_confirm', 2],
  ['to_confirm', 1],
  ['working', 2],
  ['working', 2],
  ['working', 2],
  ['working', 1],
  ['working', 1],
  ['open', 1],
  ['open', 1],
  ['open', 0],
];
