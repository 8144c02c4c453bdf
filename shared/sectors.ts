/**
 * What a kind of unit calls things (domain.md §3.6): the same screens and papers with the words of a school, a hospital, a company or a town
 * office. A word that is not named here is the same for all; the stored codes always are, so that a store can be shared.
 */
import type { MessageKey } from './messages.ts';

export const sectors = ['school', 'hospital', 'company', 'town'] as const;
export type Sector = (typeof sectors)[number];

type Words = Readonly<Partial<Record<MessageKey, readonly [zh: string, en: string]>>>;

/** The catalogue itself speaks as a school does. */
export const sectorWords: Readonly<Record<Sector, Words>> = {
  school: {},
  hospital: {
    'field.people.department': ['科室/病区', 'Department / ward'],
    'paper.f01.department': ['科室/病区', 'Dept. / ward'],
    'field.people.number': ['工号', 'Staff no.'],
    'field.applications.staff_number': ['工号', 'Staff no.'],
    'option.people.identity.teacher': ['医护', 'Medical staff'],
    'option.people.identity.staff': ['行政后勤', 'Administration'],
    'option.people.identity.student': ['进修实习', 'Trainee'],
    'option.subnets.purpose.teaching': ['医生护士站', 'Doctors and nurses'],
    'option.subnets.purpose.classroom': ['诊室病房', 'Consulting rooms and wards'],
    'option.subnets.purpose.lab': ['检验影像', 'Laboratory and imaging'],
    'option.assets.usage.teaching': ['医疗', 'Clinical'],
    'first.unitHint': ['印在表头上，例如“临江市第二人民医院”', 'Printed on every form, for example "No. 2 Hospital"'],
  },
  company: {
    'field.people.department': ['部门', 'Department'],
    'paper.f01.department': ['部门', 'Dept.'],
    'field.people.number': ['工号', 'Staff no.'],
    'field.applications.staff_number': ['工号', 'Staff no.'],
    'option.people.identity.teacher': ['正式员工', 'Employee'],
    'option.people.identity.staff': ['职能人员', 'Office staff'],
    'option.people.identity.student': ['实习生', 'Intern'],
    'option.subnets.purpose.teaching': ['研发办公', 'Engineering'],
    'option.subnets.purpose.classroom': ['工位', 'Desks'],
    'option.subnets.purpose.lab': ['实验/测试', 'Lab and test'],
    'option.assets.usage.teaching': ['生产经营', 'Business'],
    'option.assets.usage.research': ['研发', 'Research and development'],
    'first.unitHint': ['印在表头上，例如“临江恒信科技有限公司”', 'Printed on every form, for example "Hengxin Ltd."'],
  },
  town: {
    'field.people.department': ['站所/部门', 'Office / station'],
    'paper.f01.department': ['站所/部门', 'Office'],
    'field.people.number': ['工号', 'Staff no.'],
    'field.applications.staff_number': ['工号', 'Staff no.'],
    'option.people.identity.teacher': ['干部', 'Official'],
    'option.people.identity.staff': ['职工', 'Staff'],
    'option.people.identity.student': ['见习人员', 'Trainee'],
    'option.subnets.purpose.teaching': ['站所办公', 'Offices and stations'],
    'option.subnets.purpose.classroom': ['服务大厅', 'Service hall'],
    'option.subnets.purpose.lab': ['村（社区）', 'Villages'],
    'option.assets.usage.teaching': ['公务', 'Public duty'],
    'first.unitHint': ['印在表头上，例如“临江市青山镇人民政府”', 'Printed on every form, for example "Qingshan Town"'],
  },
};
