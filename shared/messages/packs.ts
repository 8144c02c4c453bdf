/** The submission pack. */
import { messages } from '../catalogue.ts';

export const packs = messages({
  'form.BS': ['网络资料报送包', 'Submission pack'],
  'packs.title': ['资料报送包', 'Submission pack'],
  'packs.new': ['生成报送包', 'Make a pack'],
  'packs.what': ['包含', 'Contents'],
  'packs.allSubnets': ['全部网段（{{n}} 个）', 'All subnets ({{n}})'],
  'packs.chosen': ['只选这些网段', 'Only these subnets'],
  'packs.topology': ['连接拓扑图', 'Topology'],
  'packs.report': ['月工作报告（可不选）', 'Monthly report (optional)'],
  'packs.to': ['报送给', 'Sent to'],
  'packs.toDefault': ['网络中心', 'Network centre'],
  'packs.on': ['报送日期', 'Sent on'],
  'packs.make': ['生成并预览', 'Make and preview'],
  'packs.none': ['还没有生成过报送包', 'No pack has been made yet'],
  'packs.noneHint': [
    '一次生成IP地址分配表、拓扑图和月报，连同目录一起打印或存成 PDF。',
    'Address tables, topology and report in one go, with a list of contents, to print or save as PDF.',
  ],
  'packs.manifest': ['目录', 'Contents'],
  'packs.form': ['表号', 'Form'],
  'packs.name': ['名称', 'Name'],
  'packs.number': ['编号', 'Number'],
  'packs.version': ['版本', 'Version'],
  'packs.missing': ['缺', 'Missing'],
  'packs.missingPart': ['{{form}} 暂缺：{{why}}', '{{form}} is missing: {{why}}'],
  'packs.copies': [
    '一式三份：本单位、网络中心、上级各一份',
    'Three copies: the unit, the network centre, the higher authority',
  ],
  'packs.print': ['打开打印', 'Open to print'],
  'command.packs.make': ['生成报送包', 'Submission pack made'],
  'command.packs.receive': ['登记报送包签收', 'Receipt of a pack noted'],
  'refusal.pack_empty': [
    '报送包里没有内容：请至少选一个网段、拓扑图或月报。',
    'Nothing is in the pack. Choose at least one subnet, the topology or a report.',
  ],
});
