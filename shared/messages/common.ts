import { messages } from '../catalogue.ts';

export const common = messages({
  'app.name': ['网管手账', 'Lanbook'],
  'common.save': ['保存', 'Save'],
  'common.cancel': ['取消', 'Cancel'],
  'common.close': ['关闭', 'Close'],
  'common.create': ['新建', 'New'],
  'common.edit': ['编辑', 'Edit'],
  'common.delete': ['删除', 'Delete'],
  'common.search': ['搜索', 'Search'],
  'common.reason': ['原因', 'Reason'],
  'common.total': ['共 {{n}} 条', '{{n}} in all'],
  'common.none': ['—', '—'],
  'common.yes': ['是', 'Yes'],
  'common.no': ['否', 'No'],
  'common.undo': ['撤销', 'Undo'],
  'common.stop': ['停止', 'Stop'],
  'common.print': ['打印', 'Print'],
  'common.export': ['导出', 'Export'],
  'common.import': ['导入', 'Import'],
  'common.retry': ['重试', 'Retry'],
});
