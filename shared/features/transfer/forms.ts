/** The forms that leave as workbooks, column by column as domain.md §2.1 names them. The forms are Chinese whatever the interface is. */

import { sectorWords, type Sector } from '../../sectors.ts';
export const forms = ['F-03', 'F-01'] as const;
export type Form = (typeof forms)[number];
/** Registers without a form of their own: they leave as the list is shown. */
export const lists = ['people', 'tickets', 'subnets'] as const;
export type List = (typeof lists)[number];
export const isForm = (what: Form | List): what is Form => forms.some((form) => form === what);

export interface FormColumn {
  /** Name in the frozen copy; a field of the record, or one of its own. */
  readonly key: string;
  readonly header: string;
  readonly width: number;
  readonly kind: 'text' | 'day' | 'money' | 'int';
  /** Codes shown by their labels of `option.<this>.<code>`. */
  readonly option?: string;
}
const text = (key: string, header: string, width: number): FormColumn => ({ key, header, width, kind: 'text' });
const day = (key: string, header: string): FormColumn => ({ key, header, width: 12, kind: 'day' });
const option = (key: string, header: string, width: number, table: string): FormColumn => ({
  key,
  header,
  width,
  kind: 'text',
  option: `${table}.${key}`,
});

const F03: readonly FormColumn[] = [
  text('tag', '资产编号', 20),
  text('name', '资产名称', 20),
  text('class_code', '分类代码', 12),
  option('category', '类别', 12, 'assets'),
  text('brand', '品牌', 10),
  text('spec', '规格', 18),
  text('model', '型号', 20),
  text('serial', '序列号SN', 20),
  option('unit', '计量单位', 9, 'assets'),
  { key: 'quantity', header: '数量', width: 7, kind: 'int' },
  { key: 'price', header: '单价', width: 12, kind: 'money' },
  { key: 'amount', header: '金额', width: 13, kind: 'money' },
  day('purchased_on', '购置日期'),
  day('accepted_on', '验收日期'),
  text('supplier', '供应商', 18),
  text('invoice', '发票/合同号', 16),
  text('funding', '经费来源', 12),
  option('procurement', '采购形式', 10, 'assets'),
  option('usage', '使用方向', 9, 'assets'),
  text('department', '使用部门', 14),
  text('user_id', '使用人', 10),
  text('custodian_id', '保管人', 10),
  text('location_id', '存放地点', 26),
  option('status', '使用状况', 9, 'assets'),
  day('warranty_until', '保修到期'),
  { key: 'minimum_years', header: '最低年限', width: 9, kind: 'int' },
  text('ip', 'IP', 15),
  text('mac', 'MAC', 19),
  text('remark', '备注', 24),
];
const F01: readonly FormColumn[] = [
  text('name', '姓名', 10),
  text('department', '部门/班级', 16),
  option('identity', '身份', 8, 'people'),
  text('place', '楼栋/楼层/房间', 26),
  text('outlet', '信息点', 14),
  text('switch_name', '交换机', 16),
  text('switch_port', '端口', 10),
  { key: 'vlan', header: 'VLAN', width: 7, kind: 'int' },
  text('ip', 'IP', 15),
  text('mask', '掩码', 15),
  text('gateway', '网关', 15),
  text('mac', 'MAC', 19),
  text('hostname', '计算机名', 16),
  text('phone', '电话', 14),
  day('opened_on', '开通日期'),
  option('state', '状态', 8, 'bindings'),
  option('letter', '责任书', 8, 'people'),
  text('remark', '备注', 20),
];
export const MARK = '变更标记';
export const MARK_DAY = '变更日期';
export const marks = { added: '新增', changed: '变更', gone: '停用' } as const;
export type Mark = keyof typeof marks;

export interface FormSpec {
  readonly form: Form;
  /** Code of its number (domain.md §2.4). */
  readonly code: string;
  readonly title: string;
  readonly columns: readonly FormColumn[];
  /** Who signs at the foot. */
  readonly signers: readonly string[];
}
export const formSpecs: Readonly<Record<Form, FormSpec>> = {
  'F-03': {
    form: 'F-03',
    code: 'ZC',
    title: '固定资产台账',
    columns: F03,
    signers: ['制表人', '资产管理员', '部门负责人'],
  },
  'F-01': { form: 'F-01', code: 'YH', title: '用户资料表', columns: F01, signers: ['制表人', '审核人（网络中心）'] },
};

/** The form with the headers of a kind of unit; keys and order are the same for all. */
export function specOf(form: Form, sector: Sector = 'school'): FormSpec {
  const spec = formSpecs[form];
  const department = sectorWords[sector]['paper.f01.department']?.[0];
  if (form !== 'F-01' || department === undefined) return spec;
  return {
    ...spec,
    columns: spec.columns.map((column) => (column.key === 'department' ? { ...column, header: department } : column)),
  };
}

/** A row as it stands on the paper: one value a column, in the order of the form. */
export type FormValues = readonly (string | number | null)[];

/** What happened to a row since the copy that was submitted last. `changed` lists the indexes of the cells. */
export function compareRow(now: FormValues, then: FormValues | undefined): { mark: Mark | null; changed: number[] } {
  if (!then) return { mark: 'added', changed: [] };
  const changed = now.flatMap((value, i) => ((value ?? '') === (then[i] ?? '') ? [] : [i]));
  return { mark: changed.length > 0 ? 'changed' : null, changed };
}
