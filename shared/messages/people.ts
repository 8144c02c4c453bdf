import { messages } from '../catalogue.ts';

export const people = messages({
  'people.title': ['人员', 'People'],
  'refusal.person_holds_address': [
    '{{name}}名下还有地址 {{ip}}。请先释放或转移绑定。',
    '{{name}} still holds {{ip}}. Release or move the binding first.',
  ],
  'field.people.name': ['姓名', 'Name'],
  'field.people.department': ['部门/班级', 'Department / class'],
  'field.people.identity': ['身份', 'Identity'],
  'field.people.number': ['工号/学号', 'Staff / student no.'],
  'field.people.phone': ['电话', 'Phone'],
  'field.people.location_id': ['房间', 'Room'],
  'field.people.letter': ['责任书', 'Responsibility letter'],
  'field.people.letter_until': ['责任书有效期', 'Letter valid until'],
  'field.people.status': ['状态', 'Status'],
  'field.people.remark': ['备注', 'Remark'],
  'option.people.identity.teacher': ['教师', 'Teacher'],
  'option.people.identity.staff': ['职员', 'Staff'],
  'option.people.identity.student': ['学生', 'Student'],
  'option.people.identity.temporary': ['外聘', 'Temporary'],
  'option.people.identity.outside': ['外单位', 'Outside'],
  'option.people.letter.signed': ['已签', 'Signed'],
  'option.people.letter.unsigned': ['未签', 'Not signed'],
  'option.people.letter.expired': ['到期', 'Expired'],
  'option.people.status.active': ['在岗', 'Active'],
  'option.people.status.left': ['离开', 'Left'],
});
