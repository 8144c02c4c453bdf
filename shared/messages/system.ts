import { messages } from '../catalogue.ts';

export const system = messages({
  'system.title': ['系统设置', 'Settings'],
  'system.unit': ['单位名称', 'Unit'],
  'system.technician': ['技术员', 'Technician'],
  'system.machine': ['机器代号', 'Machine code'],
  'system.language': ['语言', 'Language'],
});
