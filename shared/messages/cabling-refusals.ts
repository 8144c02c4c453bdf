import { messages } from '../catalogue.ts';

/** What cabling refuses, and what to do instead. */
export const cablingRefusals = messages({
  'refusal.port_name': [
    '“{{name}}”不像端口名：至少要有一个数字，例如 GE1/0/5。',
    '“{{name}}” is no port name: it needs a number, as in GE1/0/5.',
  ],
  'refusal.port_exists': ['{{switch}} 上已经有端口 {{name}}。', '{{switch}} has the port {{name}} already.'],
  'refusal.port_run': [
    '不能一次建 {{count}} 个：起号不能大于止号，连已有的最多 {{most}} 个。请检查起止号。',
    'A run of {{count}} cannot be made: from low to high, and at most {{most}} together with those there are. Check both numbers.',
  ],
  'refusal.port_cabled': [
    '{{name}} 上还接着网线 {{cable}}，请先删除或改接这根线。',
    '{{name}} still holds the cable {{cable}}. Remove or move that cable first.',
  ],
  'refusal.port_positions': [
    '{{switch}} 上没有 {{missing}} 口，没有登记任何结果。',
    '{{switch}} has no port {{missing}}. Nothing was recorded.',
  ],
  'refusal.bulk_range': [
    '看不懂端口范围“{{word}}”。请写成 1-24 或 1-8,12。',
    'The range “{{word}}” is not understood. Write 1-24, or 1-8,12.',
  ],
  'refusal.bulk_state': [
    '还没写结果：正常、损坏、接触不良、未用、预留或禁用。',
    'The result is missing: good, damaged, loose, unused, reserved or disabled.',
  ],
  'refusal.bulk_word': [
    '看不懂“{{word}}”。结果写正常、损坏、接触不良、未用、预留或禁用，后面只写日期和测试方式。',
    '“{{word}}” is not understood. The result is good, damaged, loose, unused, reserved or disabled; only day and way of testing may follow.',
  ],
  'refusal.bulk_future': [
    '{{word}} 还没到，测试日期不能晚于今天。',
    '{{word}} is still to come. A test is of today at the latest.',
  ],
  'refusal.outlet_exists': ['{{place}} 里已经有信息点 {{label}}。', '{{place}} has an outlet {{label}} already.'],
  'refusal.panel_code': [
    '位置代码“{{code}}”不合规则。写成楼栋-楼层和弱电间字母，例如 C-2A。',
    'The place code “{{code}}” does not fit. Write building-floor and closet letter, such as C-2A.',
  ],
  'refusal.panel_name': [
    '配线架号“{{name}}”不合规则。用一个字母 A–Z，不用容易看错的 I、O、Q。',
    'The panel “{{name}}” does not fit. One letter A–Z, but not I, O or Q, which are misread.',
  ],
  'refusal.panel_exists': [
    '已经有配线架 {{name}}。请用下一个字母。',
    'There is a panel {{name}} already. Take the next letter.',
  ],
  'refusal.panel_position': [
    '这个配线架只有 {{ports}} 口，没有第 {{position}} 口。',
    'This panel has {{ports}} places and no place {{position}}.',
  ],
  'refusal.panel_shrinks': [
    '不能改成 {{ports}} 口：后面的口上还接着网线 {{cable}}。',
    'It cannot shrink to {{ports}} places: the cable {{cable}} is on one behind.',
  ],
  'refusal.cable_end_taken': [
    '{{end}} 已接网线 {{cable}}（另一端 {{far}}）。一个口只能接一根线。',
    '{{end}} holds the cable {{cable}} already (to {{far}}). One place takes one cable.',
  ],
  'refusal.cable_loop': [
    '两端都是 {{end}}，一根线不能自己接自己。',
    'Both ends are {{end}}. A cable cannot join a place to itself.',
  ],
  'refusal.label_grammar': [
    '标签“{{label}}”不合规则。应为 楼栋-楼层弱电间-配线架-口号，例如 C-2A-B-12；跳线在后面加 P，设备互联线写 C-2A-L-3。',
    'The label “{{label}}” does not fit. Write building-floor and closet-panel-port, such as C-2A-B-12; leads end in P, cables between devices are C-2A-L-3.',
  ],
  'refusal.label_taken': [
    '标签 {{label}} 已经在另一根线上（{{ends}}）。',
    'The label {{label}} is on another cable already ({{ends}}).',
  ],
  'refusal.label_found': ['请写下 {{label}} 上实际写的内容。', 'Say what is really written on {{label}}.'],
  'refusal.map_range': [
    '看不懂范围“{{range}}”。请写成 1-24 或 1-8,12。',
    'The range “{{range}}” is not understood. Write 1-24, or 1-8,12.',
  ],
  'refusal.map_lengths': [
    '两边数量不一样：配线架 {{from}} 个口，对端 {{to}} 个。请改成一样多。',
    'The ranges differ: {{from}} places on the panel, {{to}} at the far end. Make them equal.',
  ],
  'refusal.map_conflict': [
    '第 {{position}} 口打到 {{target}} 有冲突（{{holder}}），一条都没有写入。',
    'Place {{position}} to {{target}} is in conflict ({{holder}}). Nothing was written.',
  ],
  'refusal.sheet_empty': [
    '选中的网线都没有“标签应为”，没有可打印的标签。',
    'None of these cables has a label it should carry: there is nothing to print.',
  ],
});
