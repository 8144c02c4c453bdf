import { messages } from '../catalogue.ts';

export const system = messages({
  'system.title': ['系统设置', 'Settings'],
  'system.unit': ['单位名称', 'Unit'],
  'system.technician': ['技术员姓名', 'Technician'],
  'system.machine': ['本机代号', 'Machine code'],
  'refusal.demo_not_empty': [
    '已经有数据了，示例数据只能放进空的数据文件夹。请另选一个文件夹。',
    'There is data already; demo data only goes into an empty data folder. Choose another folder.',
  ],
  'system.language': ['语言', 'Language'],
});
