import { messages } from '../catalogue.ts';

/** Roles and areas of laptops. */
export const roles = messages({
  'roles.role': ['角色', 'Role'],
  'roles.areas': ['负责区域', 'Areas'],
  'roles.comma': ['、', ', '],
  'roles.allAreas': ['全部区域', 'All areas'],
  'roles.noAreas': ['暂未分配区域', 'None assigned yet'],
  'roles.technician': ['技术员', 'Technician'],
  'roles.lead': ['区域负责人', 'Area lead'],
  'roles.admin': ['管理员', 'Admin'],
  'roles.auditor': ['审计员（只读）', 'Auditor (read only)'],
  'roles.hint.technician': [
    '可以办理负责区域内的日常登记；网段规划和审批登记由区域负责人做，命名规则和节假日由管理员改。',
    "Daily records within these areas; the address plan and approvals are a lead's, naming rules and holidays an admin's.",
  ],
  'roles.hint.lead': [
    '可以改负责区域内的全部登记、网段规划和审批登记，并处理同事的冲突；命名规则和节假日由管理员改。',
    "Everything within these areas, with the address plan, approvals and conflicts of colleagues; naming rules and holidays are an admin's.",
  ],
  'roles.hint.admin': ['可以改全部登记和全校设置。', 'Everything, with the settings of the whole school.'],
  'roles.hint.auditor': ['可以查看、打印和导出，不能修改。', 'May look, print and export, and change nothing.'],
  'roles.byHub': ['角色和区域由中心库管理员设定。', 'Set by the operator of the central store.'],
  'roles.readOnly': [
    '只读：本机是审计员，可以查看、打印和导出，不能修改。',
    "Read only: this laptop is an auditor's. Look, print and export; nothing can be changed.",
  ],

  'sync.log.granted.technician': ['中心库把本机设为：技术员', "The store made this laptop a technician's"],
  'sync.log.granted.lead': ['中心库把本机设为：区域负责人', "The store made this laptop an area lead's"],
  'sync.log.granted.admin': ['中心库把本机设为：管理员', "The store made this laptop an admin's"],
  'sync.log.granted.auditor': [
    '中心库把本机设为：审计员（只读）',
    "The store made this laptop an auditor's (read only)",
  ],
  'sync.log.left': [
    '{{n}} 条记录已不在本机负责的区域，从本机移除；中心库里都在',
    "Records that are no longer in this laptop's areas were removed here: {{n}}. The store keeps them all",
  ],

  'sync.way.withdraw': ['收回这项改动', 'Take it back'],
  'sync.way.grant': ['同意并执行', 'Do it'],
  'sync.way.grant.other': ['同意 {{name}} 的改动并执行', 'Do what {{name}} wanted'],
  'sync.way.refuse': ['不同意', 'Do not do it'],
  'sync.forbiddenWaits': [
    '要由该区域的负责人或管理员同意后才会执行，改动不会丢。',
    'It waits for a lead of that area or an admin; nothing of it is lost.',
  ],
  'refusal.auditor_reads': [
    '本机是审计员，只能查看，不能修改。',
    "This laptop is an auditor's: it may look, and change nothing.",
  ],
  'refusal.needs_lead': [
    '网段规划和审批登记要由区域负责人或管理员来做。',
    'The address plan and approvals are for an area lead or an admin.',
  ],
  'refusal.needs_admin': [
    '这是全校统一的设置，要由管理员来改。',
    'This is a setting of the whole school: an admin changes it.',
  ],
  'refusal.outside_area': [
    '不在本机负责的区域内，请由该区域的同事或管理员来改。',
    'Outside the areas of this laptop: a colleague of that area or an admin changes it.',
  ],
  'refusal.conflict_of_others': [
    '这项冲突要由当事人、区域负责人或管理员处理。',
    'This conflict is for those it is about, an area lead or an admin to settle.',
  ],
});
