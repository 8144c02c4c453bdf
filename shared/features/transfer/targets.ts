/** What can be imported, into which fields, and by which words a choice is known. */
import type { RecordType } from '../../record.ts';
import { assets } from '../assets.ts';
import { people } from '../people.ts';

export const targets = ['assets', 'people'] as const;
export type Target = (typeof targets)[number];

// What an asset was merged into is no column that anybody fills in.
const { merged_into_id: _merged, ...assetFields } = assets.fields;
// Which text was signed is known from the papers, and no list of another program has it.
const { letter_text_id: _text, ...peopleFields } = people.fields;
export const recordOfTarget: Readonly<Record<Target, RecordType>> = {
  assets: { ...assets, fields: assetFields },
  people: { ...people, fields: peopleFields },
};

/** The hidden column of our own exports that makes the way back exact. */
export const ID_FIELD = 'id';
/** Fields whose text is an identifier: digits may be damaged by a spreadsheet program, and never carry meaning as numbers. */
export const keyFields: Readonly<Record<Target, readonly string[]>> = {
  assets: ['tag', 'serial', 'class_code', 'invoice', 'mac'],
  people: ['number', 'phone'],
};

/** Words for the codes of a choice besides its labels. */
export const choiceWords: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'assets.category': {
    desktop: ['台式机', '台式电脑', '台式计算机', '微机', '微型计算机', '主机', '电脑主机', '计算机', 'pc', '工作站'],
    laptop: ['笔记本', '笔记本计算机', '便携式计算机', '手提电脑', '笔记本电脑'],
    server: ['服务器', '机架式服务器'],
    switch: ['交换机', '核心交换机', '接入交换机', '汇聚交换机', '以太网交换机', 'poe交换机'],
    router: ['路由器'],
    firewall: ['防火墙', '安全网关', '上网行为管理'],
    ap: ['无线ap', 'ap', '无线接入点'],
    controller: ['无线控制器', 'ac', '无线ac'],
    converter: ['光纤收发器', '光电转换器', '光猫', '收发器'],
    ups: ['ups', '不间断电源', 'ups电源'],
    printer: ['打印机', '激光打印机', '针式打印机', '喷墨打印机', '打印一体机', '多功能一体机'],
    copier: ['复印机', '数码复印机'],
    scanner: ['扫描仪', '高拍仪'],
    projector: ['投影机', '投影仪'],
    display: ['显示器', '一体机', '显示屏', '液晶显示器', '触控一体机', '电子白板', '班班通', '大屏'],
    camera: ['摄像机', '摄像头', '监控摄像机', '监控探头', '网络摄像机'],
    nvr: ['网络录像机', '硬盘录像机', 'nvr', 'dvr', '录像机'],
    phone: ['电话', '电话机', 'ip电话', '座机'],
    attendance: ['考勤机', '指纹机'],
    access_control: ['门禁', '门禁机', '道闸'],
    conference: ['视频会议', '会议终端', '视频会议终端'],
    storage: ['存储', '存储设备', 'nas', '磁盘阵列', '移动硬盘'],
    rack: ['机柜', '服务器机柜'],
    software: ['软件', '正版软件', '操作系统'],
    spare: ['备件', '耗材', '备件耗材', '配件'],
    tool: ['工具', '测线仪'],
    other: ['其他', '其它'],
  },
  'assets.status': {
    in_use: ['在用', '使用中', '正常', '良好', '完好', '使用', '在使用', '正常使用'],
    idle: ['闲置', '备用', '库存', '在库', '未使用', '空闲'],
    lent: ['借出', '外借', '借用'],
    repair: ['待修', '维修', '维修中', '故障', '损坏', '送修', '在修'],
    to_scrap: ['待报废', '拟报废', '申请报废'],
    scrapped: ['已报废', '报废', '已处置', '已核销'],
    missing: ['盘亏', '丢失', '遗失', '未找到'],
  },
  'assets.unit': { tai: ['台'], tao: ['套'], ge: ['个', '只', '件'], bu: ['部'], kuai: ['块'] },
  'assets.procurement': {
    government: ['政府采购', '集中采购', '政采'],
    dispersed: ['分散采购', '自行采购'],
    self: ['自购', '购置', '外购', '购买', '单位自购'],
    donated: ['捐赠', '接受捐赠'],
    transferred: ['调入', '调拨', '划拨', '无偿调入'],
    other: ['其他', '其它'],
  },
  'assets.usage': {
    teaching: ['教学', '教学用'],
    research: ['科研'],
    administration: ['行政', '办公', '行政办公'],
    logistics: ['后勤'],
    other: ['其他', '其它'],
  },
  'people.identity': {
    teacher: ['教师', '老师', '任课教师', '教职工', '专任教师'],
    staff: ['职员', '职工', '员工', '行政', '教辅', '行政人员', '工作人员', '医生', '护士', '干部'],
    student: ['学生'],
    temporary: ['外聘', '临聘', '代课', '实习', '编外'],
    outside: ['外单位', '外来', '施工', '厂商'],
  },
  'people.letter': {
    signed: ['已签', '已签订', '是', '有'],
    unsigned: ['未签', '否', '无', '未签订'],
    expired: ['到期', '过期', '已到期'],
  },
  // 开通, 预留, 暂停 are what F-01 says of an address in use: its holder is there
  'people.status': {
    active: ['在岗', '在职', '正常', '在校', '开通', '预留', '暂停'],
    left: ['离开', '离职', '调离', '退休', '毕业', '离校'],
  },
};
/** What a new row gets where the file says nothing. A category is never assumed: it comes from the file or from the name. */
export const defaultsOf: Readonly<Record<Target, Readonly<Record<string, string>>>> = {
  assets: { status: 'in_use' },
  people: { identity: 'staff', letter: 'unsigned', status: 'active' },
};
