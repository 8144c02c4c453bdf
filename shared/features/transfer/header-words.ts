/** The headers by which the columns of a spreadsheet are known. */
import type { Target } from './targets.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Headers seen in the registers of schools, hospitals and town governments, without spaces, brackets and stars. */
const assetHeaders: Readonly<Record<string, readonly string[]>> = {
  id: words(`lanbookid`),
  tag: words(`资产编号 资产编码 资产号 固定资产编号 固定资产编码 设备编号 设备编码 资产标签 资产标签号 卡片编号 编号
    编码 assettag tag assetno assetnumber 资产编码号 固定资产号 固资编号 固资编码 资产卡片号 资产卡片编号
    卡片号 卡号 资产条码 条码 条形码 条码号 标签号 标签编号 设备号 设备标签 财产编号 物品编号 仪器编号
    统一编号 校产编号 资产id`),
  name: words(`资产名称 设备名称 固定资产名称 名称 物品名称 品名 设备 name assetname device 仪器名称 仪器设备名称
    固定资产 资产 财产名称 校产名称 物资名称 产品名称 资产设备名称 名称型号 itemname 物品`),
  class_code:
    words(`分类代码 资产分类代码 国标分类代码 分类号 国标分类号 资产代码 classcode 资产分类编码 分类编码 分类编号
    资产分类号 国标代码 国标码 国标分类 财政分类代码 教育部分类代码 教育分类号`),
  category: words(`类别 资产类别 设备类别 分类 资产分类 设备类型 类型 资产类型 资产分类名称 category type 种类 设备种类
    物品类别 资产种类 设备分类 分类名称 国标分类名称 资产类型名称`),
  brand: words(`品牌 厂牌 厂商 生产厂家 生产厂商 制造商 brand manufacturer vendor 牌子 商标 品牌名称 制造厂家 制造厂商
    生产单位 生产企业 厂家 产地厂家 make`),
  spec: words(`规格 配置 规格参数 技术参数 主要配置 specification spec 规格配置 配置信息 配置说明 硬件配置 技术规格
    性能参数 参数 主要参数 规格说明 主要技术指标`),
  model: words(`型号 规格型号 设备型号 品牌型号 型号规格 model 规格及型号 型号及规格 品牌及型号 品牌规格型号 机型
    产品型号 型号名称 设备规格型号 modelno modelnumber`),
  serial: words(`序列号 序列号sn sn sn号 sn码 设备序列号 出厂编号 机身号 机器序列号 产品序列号 serial serialnumber
    serialno sn序列号 sn编号 产品sn 主机sn 设备sn 机器码 机身编号 机身序列号 出厂号 出厂序列号 产品编号
    产品号 主机序列号 主机编号 序号sn 服务编号 servicetag serialnumbersn`),
  unit: words(`计量单位 单位 unitofcount unit 数量单位 量词`),
  quantity: words(`数量 台数 quantity qty 数目 件数 个数 实有数量 数量台 数量台套 资产数量 count`),
  price: words(`单价 单价元 原值 价格 购置单价 unitprice price 单价¥ 购置价 购置金额 采购价 采购单价 购入价 资产原值
    账面原值 资产价值 价值 单台价格 资产单价 入账价值`),
  purchased_on: words(`购置日期 采购日期 购买日期 购置时间 采购时间 购入日期 取得日期 入账日期 购买时间 purchasedon
    purchasedate 购置年月 购买年月 采购年月 购进日期 购进时间 购入时间 购置年份 取得时间 入账时间 入库日期
    入库时间 到货日期 财务入账日期 购机日期 dateofpurchase`),
  accepted_on:
    words(`验收日期 验收时间 启用日期 使用日期 开始使用日期 投入使用日期 acceptedon 启用时间 开始使用时间 投用日期
    投入使用时间 领用日期 领用时间 安装日期 安装时间`),
  supplier: words(`供应商 供货商 供货单位 供应单位 经销商 supplier 供货方 供货单位名称 供货厂家 供应厂商 供货公司 销售商
    销售单位 集成商`),
  invoice:
    words(`发票合同号 发票号 合同号 合同编号 发票号码 invoicecontract invoice 发票编号 发票代码 发票 合同 合同号码
    合同编码 合同发票号`),
  funding: words(`经费来源 资金来源 经费科目 funding 资金渠道 经费渠道 经费项目 资金性质 经费 项目经费 购置经费`),
  procurement:
    words(`采购形式 采购方式 取得方式 来源 procurement 采购组织形式 采购类型 购置方式 取得形式 资产来源 设备来源
    增加方式 购置形式`),
  usage: words(`使用方向 用途 资产用途 usedfor usage 使用性质 用途分类 使用用途 主要用途 资产使用方向`),
  department:
    words(`使用部门 部门 科室 使用科室 所属部门 使用单位 责任部门 department dept 使用管理部门 管理部门 归属部门
    所在部门 领用部门 领用单位 领用科室 保管部门 责任科室 科室名称 部门名称 处室 年级组 年级 教研组 班级
    使用班级 使用处室 归口部门 病区 使用病区 站所 使用站所 股室`),
  user_id: words(`使用人 领用人 使用者 使用人员 责任人 user assignedto 现使用人 实际使用人 使用教师 使用老师 使用人姓名
    领用人姓名 使用员工 用户 用户姓名 姓名 借用人 领用者 机主 教师姓名`),
  custodian_id: words(`保管人 管理人 管理员 资产保管人 保管员 custodian keeper 保管者 保管责任人 管理责任人 资产管理员
    资产管理人 保管人姓名 负责人 责任管理人 管理者 设备管理员`),
  location_id:
    words(`存放地点 存放位置 位置 地点 安装位置 安装地点 所在位置 放置地点 使用地点 房间 房间号 存放地 location
    room 放置位置 摆放位置 摆放地点 存放处 存放场所 存放房间 存放教室 所在地点 所在房间 所在教室 所在地
    安放地点 安放位置 设备位置 使用位置 使用场所 具体位置 具体地点 详细位置 物理位置 教室 办公室 楼层房间
    楼栋房间 场所 房号 室号`),
  status: words(`使用状况 使用状态 状态 资产状态 设备状态 现状 使用情况 status 资产使用状况 设备状况 资产状况 状况
    运行状态 运行状况 完好情况 完好状况 设备情况 当前状态 现状况`),
  warranty_until: words(`保修到期 保修到期日 保修到期日期 质保到期 质保期至 维保到期 保修期至 保修截止日期 warrantyuntil
    warranty 保修截止 质保截止 质保截止日期 质保到期日 质保到期日期 维保截止日期 维保到期日期 过保日期
    过保时间 保修结束日期`),
  minimum_years: words(`最低年限 最低使用年限 使用年限 折旧年限 minimumyears 预计使用年限 规定使用年限 规定年限 应用年限
    可使用年限 使用寿命 使用年限年 折旧年限年 年限`),
  ip: words(`ip ip地址 ipv4 ipv4地址 ipaddress ip号 ip地址v4 ip4 内网ip 内网ip地址 局域网ip 本机ip 设备ip 管理ip
    管理地址 静态ip 固定ip 固定ip地址 分配ip 电脑ip`),
  mac: words(`mac mac地址 物理地址 网卡地址 网卡mac macaddress 网卡物理地址 网卡号 网卡mac地址 网卡物理地址mac
    物理地址mac mac物理地址 mac号 mac码 有线mac 有线网卡mac 有线mac地址 以太网地址 设备mac 本机mac 硬件地址
    网卡硬件地址 网卡序列号`),
  hostname: words(`计算机名 主机名 设备名 计算机名称 主机名称 hostname 计算机全名 机器名 机器名称 电脑名 电脑名称
    计算机标识 pc名 主机标识 computername`),
  no_offsite: words(`不得外修 不准外修 禁止外修 涉密 涉密机 涉密计算机 neverrepairedoffsite nooffsiterepair`),
  remark: words(`备注 说明 备注说明 remark remarks note notes 附注 其他说明 补充说明 情况说明 备注信息 其它`),
};
const peopleHeaders: Readonly<Record<string, readonly string[]>> = {
  id: words(`lanbookid lanbookpersonid`),
  name: words(`姓名 名字 用户 用户姓名 使用人 人员姓名 教师姓名 学生姓名 name fullname 使用者 使用人姓名 职工姓名
    员工姓名 学员姓名 学生 教师 老师 联系人 负责人 员工 人员 人名`),
  department:
    words(`部门班级 部门 班级 科室 单位 处室 所属部门 年级组 department departmentclass class 所在部门 部门名称
    所属科室 所在科室 科室名称 所属单位 单位名称 所在单位 工作单位 所属处室 年级 年级班级 所在班级 班级名称
    教研组 学科组 组别 院系 部门科室 使用部门 病区 科室病区 站所 站所部门 部门站所 股室`),
  identity: words(`身份 人员类别 用户类别 类别 人员类型 identity role 人员身份 身份类别 用户身份 用户类型 岗位类别
    人员性质`),
  number: words(`工号学号 工号 学号 职工号 员工编号 编号 教工号 staffstudentno number staffno 教职工号 教职工编号
    教师编号 职工编号 员工号 员工工号 人员编号 人事编号 学生学号 学籍号 工作证号 编码 教师工号`),
  phone: words(`电话 联系电话 手机 手机号 手机号码 办公电话 联系方式 电话号码 phone mobile telephone 手机号联系电话
    手机电话 移动电话 联系号码 办公室电话 座机 固定电话 分机 分机号 短号 联系手机 电话手机 tel phonenumber`),
  location_id:
    words(`房间 办公室 办公地点 房间号 位置 地点 楼栋楼层房间 办公位置 room office location 办公室号 办公室房间
    办公房间 所在房间 所在办公室 房号 室号 工作地点 所在位置 存放地点 使用地点 座位 宿舍`),
  letter: words(`责任书 责任书状态 承诺书 responsibilityletter letter 是否签责任书 责任书签订 网络安全责任书 安全责任书
    信息安全责任书 是否签订责任书 保密承诺书 安全承诺书 是否签承诺书`),
  letter_until:
    words(`责任书有效期 责任书到期 责任书有效期至 lettervaliduntil 责任书有效期限 责任书到期日 责任书到期日期
    承诺书有效期 承诺书到期日期`),
  sponsor_id: words(`担保人 担保教师 校内担保人 院内担保人 本单位担保人 保证人 sponsor`),
  outside_unit: words(`所属外单位 外单位 来自单位 派出单位 outsideunit`),
  valid_until: words(`有效期至 有效期 使用期限 截止日期 到期日 到期日期 validuntil`),
  letter_on: words(`责任书签字日期 责任书签订日期 签字日期 签订日期 lettersignedon`),
  status: words(
    `在岗状态 人员状态 在职状态 状态 status 在岗情况 在职情况 人员情况 是否在岗 是否在职 在校状态 岗位状态`,
  ),
  remark: words(`备注 说明 remark note 备注说明 附注 其他 其它 remarks notes`),
};
/** Columns that carry nothing of their own: running numbers, computed amounts, our own change marks. */
export const ignoredHeaders: readonly string[] = [
  '序号',
  '行号',
  'no',
  '#',
  '金额',
  '金额元',
  '总价',
  '总金额',
  '合计',
  '变更标记',
  '变更日期',
  '折旧',
  '累计折旧',
  '净值',
  '照片',
  '导入结果',
  '原因',
];

export const headersOf: Readonly<Record<Target, Readonly<Record<string, readonly string[]>>>> = {
  assets: assetHeaders,
  people: peopleHeaders,
};
