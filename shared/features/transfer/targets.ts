/** What can be imported, into which fields, and by which headers its columns are known. */
import type { RecordType } from '../../record.ts';
import { assets } from '../assets.ts';
import { people } from '../people.ts';

export const targets = ['assets', 'people'] as const;
export type Target = (typeof targets)[number];

export const recordOfTarget: Readonly<Record<Target, RecordType>> = {
  assets,
  people,
};

/** The hidden column of our own exports that makes the way back exact. */
export const ID_FIELD = 'id';
/** Fields whose text is an identifier: digits may be damaged by a spreadsheet program, and never carry meaning as numbers. */
export const keyFields: Readonly<Record<Target, readonly string[]>> = {
  assets: ['tag', 'serial', 'class_code', 'invoice', 'mac'],
  people: ['number', 'phone'],
};

/** Headers seen in the registers of schools, hospitals and town governments, without spaces, brackets and stars. */
const assetHeaders: Readonly<Record<string, readonly string[]>> = {
  id: ['lanbookid'],
  tag: ['资产编号', '资产编码', '资产号', '固定资产编号', '固定资产编码', '设备编号', '设备编码', '资产标签', '资产标签号', '卡片编号', '编号', '编码', 'assettag', 'tag', 'assetno', 'assetnumber'],
  name: ['资产名称', '设备名称', '固定资产名称', '名称', '物品名称', '品名', '设备', 'name', 'assetname', 'device'],
  class_code: ['分类代码', '资产分类代码', '国标分类代码', '分类号', '国标分类号', '资产代码', 'classcode'],
  category: ['类别', '资产类别', '设备类别', '分类', '资产分类', '设备类型', '类型', '资产类型', '资产分类名称', 'category', 'type'],
  brand: ['品牌', '厂牌', '厂商', '生产厂家', '生产厂商', '制造商', 'brand', 'manufacturer', 'vendor'],
  spec: ['规格', '配置', '规格参数', '技术参数', '主要配置', 'specification', 'spec'],
  model: ['型号', '规格型号', '设备型号', '品牌型号', '型号规格', 'model'],
  serial: ['序列号', '序列号sn', 'sn', 'sn号', 'sn码', '设备序列号', '出厂编号', '机身号', '机器序列号', '产品序列号', 'serial', 'serialnumber', 'serialno'],
  unit: ['计量单位', '单位', 'unitofcount', 'unit'],
  quantity: ['数量', '台数', 'quantity', 'qty'],
  price: ['单价', '单价元', '原值', '价格', '购置单价', 'unitprice', 'price'],
  purchased_on: ['购置日期', '采购日期', '购买日期', '购置时间', '采购时间', '购入日期', '取得日期', '入账日期', '购买时间', 'purchasedon', 'purchasedate'],
  accepted_on: ['验收日期', '验收时间', '启用日期', '使用日期', '开始使用日期', '投入使用日期', 'acceptedon'],
  supplier: ['供应商', '供货商', '供货单位', '供应单位', '经销商', 'supplier'],
  invoice: ['发票合同号', '发票号', '合同号', '合同编号', '发票号码', 'invoicecontract', 'invoice'],
  funding: ['经费来源', '资金来源', '经费科目', 'funding'],
  procurement: ['采购形式', '采购方式', '取得方式', '来源', 'procurement'],
  usage: ['使用方向', '用途', '资产用途', 'usedfor', 'usage'],
  department: ['使用部门', '部门', '科室', '使用科室', '所属部门', '使用单位', '责任部门', 'department', 'dept'],
  user_id: ['使用人', '领用人', '使用者', '使用人员', '责任人', 'user', 'assignedto'],
  custodian_id: ['保管人', '管理人', '管理员', '资产保管人', '保管员', 'custodian', 'keeper'],
  location_id: ['存放地点', '存放位置', '位置', '地点', '安装位置', '安装地点', '所在位置', '放置地点', '使用地点', '房间', '房间号', '存放地', 'location', 'room'],
  status: ['使用状况', '使用状态', '状态', '资产状态', '设备状态', '现状', '使用情况', 'status'],
  warranty_until: ['保修到期', '保修到期日', '保修到期日期', '质保到期', '质保期至', '维保到期', '保修期至', '保修截止日期', 'warrantyuntil', 'warranty'],
  minimum_years: ['最低年限', '最低使用年限', '使用年限', '折旧年限', 'minimumyears'],
  ip: ['ip', 'ip地址', 'ipv4', 'ipv4地址', 'ipaddress'],
  mac: ['mac', 'mac地址', '物理地址', '网卡地址', '网卡mac', 'macaddress'],
  hostname: ['计算机名', '主机名', '设备名', '计算机名称', '主机名称', 'hostname'],
  remark: ['备注', '说明', '备注说明', 'remark', 'remarks', 'note', 'notes'],
};
const peopleHeaders: Readonly<Record<string, readonly string[]>> = {
  id: ['lanbookid', 'lanbookpersonid'],
  name: ['姓名', '名字', '用户', '用户姓名', '使用人', '人员姓名', '教师姓名', '学生姓名', 'name', 'fullname'],
  department: ['部门班级', '部门', '班级', '科室', '单位', '处室', '所属部门', '年级组', 'department', 'departmentclass', 'class'],
  identity: ['身份', '人员类别', '用户类别', '类别', '人员类型', 'identity', 'role'],
  number: ['工号学号', '工号', '学号', '职工号', '员工编号', '编号', '教工号', 'staffstudentno', 'number', 'staffno'],
  phone: ['电话', '联系电话', '手机', '手机号', '手机号码', '办公电话', '联系方式', '电话号码', 'phone', 'mobile', 'telephone'],
  location_id: ['房间', '办公室', '办公地点', '房间号', '位置', '地点', '楼栋楼层房间', '办公位置', 'room', 'office', 'location'],
  letter: ['责任书', '责任书状态', '承诺书', 'responsibilityletter', 'letter'],
  letter_until: ['责任书有效期', '责任书到期', '责任书有效期至', 'lettervaliduntil'],
  status: ['在岗状态', '人员状态', '在职状态', '状态', 'status'],
  remark: ['备注', '说明', 'remark', 'note'],
};
/** Columns that carry nothing of their own: running numbers, computed amounts, our own change marks. */
export const ignoredHeaders: readonly string[] = [
  '序号', '行号', 'no', '#', '金额', '金额元', '总价', '总金额', '合计', '变更标记', '变更日期', '折旧', '累计折旧', '净值', '照片', '导入结果', '原因',
];

export const headersOf: Readonly<Record<Target, Readonly<Record<string, readonly string[]>>>> = {
  assets: assetHeaders,
  people: peopleHeaders,
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
  'people.letter': { signed: ['已签', '已签订', '是', '有'], unsigned: ['未签', '否', '无', '未签订'], expired: ['到期', '过期', '已到期'] },
  // 开通, 预留, 暂停 are what F-01 says of an address in use: its holder is there
  'people.status': { active: ['在岗', '在职', '正常', '在校', '开通', '预留', '暂停'], left: ['离开', '离职', '调离', '退休', '毕业', '离校'] },
};
/** What a new row gets where the file says nothing. A category is never assumed: it comes from the file or from the name. */
export const defaultsOf: Readonly<Record<Target, Readonly<Record<string, string>>>> = {
  assets: { status: 'in_use' },
  people: { identity: 'staff', letter: 'unsigned', status: 'active' },
};
