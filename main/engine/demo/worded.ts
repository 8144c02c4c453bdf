/**
 * The demo in the words of another kind of unit (domain.md §4): the same machines, people and repairs, in a hospital, a company or a town office.
 * Whatever is written or looked up by name goes through here, so that no part of the demo has to know of it.
 */
import type { Sector } from '../../../shared/sectors.ts';
import type { WriteDb } from '../door.ts';

type Pack = Readonly<Record<string, string>>;
const rooms = (name: string): Pack => Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`机房${n}`, `${name}${n}`]));

const packs: Readonly<Record<Exclude<Sector, 'school'>, Pack>> = {
  hospital: {
    临江三中: '临江二院',
    教学楼: '门诊楼',
    信息实验楼: '住院楼',
    总务处: '总务科',
    校医室: '职工保健室',
    教务处: '医务科',
    政教处: '护理部',
    教研室: '科教科',
    副校长室: '副院长室',
    校长室: '院长室',
    团委工会: '工会',
    图书馆: '病案室',
    教师办公: '医生办公',
    电子阅览室: '自助服务区',
    物理实验室: '检验科',
    化学实验室: '病理科',
    生物实验室: '影像科',
    地理实验室: '药剂科',
    创客室: '输血科',
    录播室: '培训中心',
    实验室与网络中心: '医技与网络中心',
    实验中心: '医技科',
    信息组: '护理组',
    七年级: '内科',
    八年级: '外科',
    九年级: '妇产科',
    ')班': ')病区',
    教室: '诊室',
    教师: '医护',
    备课: '办公',
    开学前: '节前',
    ...rooms('护士站'),
  },
  company: {
    临江三中: '恒信科技园',
    教学楼: '研发楼',
    信息实验楼: '测试楼',
    总务处: '行政部',
    校医室: '医务室',
    教务处: '人力资源部',
    政教处: '市场部',
    教研室: '产品部',
    副校长室: '副总经理室',
    校长室: '总经理室',
    党政办: '总经办',
    团委工会: '工会',
    图书馆: '资料室',
    教师办公: '研发办公',
    电子阅览室: '共享办公区',
    物理实验室: '硬件实验室',
    化学实验室: '材料实验室',
    生物实验室: '可靠性实验室',
    地理实验室: '环境实验室',
    创客室: '样机室',
    录播室: '录音室',
    实验中心: '测试中心',
    信息组: '信息部',
    七年级: '研发一部',
    八年级: '研发二部',
    九年级: '研发三部',
    ')班': ')组',
    教室: '工位区',
    教师: '员工',
    备课: '办公',
    开学前: '季度初',
    ...rooms('培训室'),
  },
  town: {
    临江三中: '青山镇政府',
    综合楼: '政府办公楼',
    教学楼: '便民服务中心',
    信息实验楼: '站所楼',
    总务处: '后勤服务中心',
    校医室: '卫生室',
    教务处: '经济发展办',
    政教处: '社会事务办',
    教研室: '规划建设办',
    副校长室: '副镇长室',
    校长室: '镇长室',
    团委工会: '群团办',
    图书馆: '文化站',
    教师办公: '站所办公',
    电子阅览室: '远程教育室',
    物理实验室: '农技站',
    化学实验室: '水利站',
    生物实验室: '林业站',
    地理实验室: '国土所',
    创客室: '司法所',
    录播室: '视频会议室',
    实验室与网络中心: '站所与网络中心',
    实验中心: '农业服务中心',
    信息组: '综合服务组',
    七年级: '一片区',
    八年级: '二片区',
    九年级: '三片区',
    ')班': ')村',
    教室: '服务窗口',
    教师: '干部',
    备课: '办公',
    开学前: '汛期前',
    ...rooms('培训室'),
  },
};

function wordsOf(sector: Exclude<Sector, 'school'>): (text: string) => string {
  const pack = packs[sector];
  // The longer name first: of `副校长室` the end is a name too.
  const names = Object.keys(pack).toSorted((a, b) => b.length - a.length);
  const any = new RegExp(names.map((name) => name.replace(')', '\\)')).join('|'), 'g');
  return (text) => text.replace(any, (name) => pack[name] ?? name);
}

/** A value of a row, or what is looked for by name: strings are worded, all else stays. */
const said =
  (words: (text: string) => string) =>
  (value: unknown): unknown =>
    typeof value === 'string'
      ? words(value)
      : typeof value === 'object' && value !== null && !Array.isArray(value) && !('fields' in value)
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, said(words)(each)]))
        : value;

/** Methods that take values or names; the first of `insert`, `append` and `patch` is the record type. */
const worded = new Set(['insert', 'append', 'patch', 'value', 'get', 'all']);

/** The same transaction, saying everything as this kind of unit does. */
export function sayAs(tx: WriteDb, sector: Sector): WriteDb {
  if (sector === 'school') return tx;
  const say = said(wordsOf(sector));
  return new Proxy(tx, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const bound = member.bind(target) as (...args: unknown[]) => unknown;
      if (typeof name !== 'string' || !worded.has(name)) return bound;
      return (first: unknown, ...rest: unknown[]) => bound(first, ...rest.map(say));
    },
  });
}
