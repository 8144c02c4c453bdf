import { messages } from '../catalogue.ts';

/** Subnets as a whole: how full they are, what was released, what departments asked for, and the address table F-02. */
export const ranges = messages({
  'record.range_requests': ['地址段申请', 'Range request'],
  'field.range_requests.number': ['编号', 'Number'],
  'field.range_requests.asked_on': ['申请日期', 'Asked on'],
  'field.range_requests.department': ['申请部门', 'Department'],
  'field.range_requests.person_id': ['申请人', 'Applicant'],
  'field.range_requests.location_id': ['使用地点', 'Place'],
  'field.range_requests.purpose': ['用途', 'Purpose'],
  'field.range_requests.addresses': ['地址数量', 'Addresses'],
  'field.range_requests.from_on': ['开始日期', 'From'],
  'field.range_requests.until_on': ['截止日期', 'Until'],
  'field.range_requests.subnet_id': ['网段', 'Subnet'],
  'field.range_requests.state': ['状态', 'State'],
  'field.range_requests.range_id': ['分配的地址段', 'Range'],
  'field.range_requests.decided_at': ['办理时间', 'Decided at'],
  'field.range_requests.decided_by': ['办理人', 'Decided by'],
  'field.range_requests.reason': ['不同意的原因', 'Why refused'],
  'field.range_requests.remark': ['备注', 'Remark'],
  'option.range_requests.state.open': ['待办理', 'Open'],
  'option.range_requests.state.approved': ['已分配', 'Approved'],
  'option.range_requests.state.refused': ['不同意', 'Refused'],
  'field.address_ranges.department': ['专用部门', 'Department'],
  'field.subnets.warn_percent': ['预警使用率（%）', 'Warn from (%)'],
  'field.bindings.cooled_on': ['提前结束回收', 'Cool-down ended'],
});
