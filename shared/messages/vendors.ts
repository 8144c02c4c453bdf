import { messages } from '../catalogue.ts';

export const vendors = messages({
  'vendors.title': ['网卡厂商表', 'Network card makers'],
  'vendors.intro': [
    '扫描时按 MAC 地址前缀识别厂商。新买的设备认不出厂商时，可以更新这张表。',
    'Sweeps tell the maker by the prefix of a MAC. Update this table when the makers of new devices are not recognised.',
  ],
  'vendors.built_in': ['随程序提供', 'Shipped with Lanbook'],
  'vendors.file': ['{{day}} 更新', 'Updated on {{day}}'],
  'vendors.prefixes': ['共 {{total}} 个前缀', '{{total}} prefixes'],
  'vendors.registry.ma_l': ['大段（MA-L）{{count}}', 'MA-L {{count}}'],
  'vendors.registry.ma_m': ['中段（MA-M）{{count}}', 'MA-M {{count}}'],
  'vendors.registry.ma_s': ['小段（MA-S）{{count}}', 'MA-S {{count}}'],
  'vendors.update': ['用文件更新', 'Update from files'],
  'vendors.updating': ['正在读取 {{name}}', 'Reading {{name}}'],
  'vendors.reset': ['恢复随程序提供的表', 'Back to the shipped table'],
  'vendors.how': [
    '不能上网时：在能上网的电脑上从 standards-oui.ieee.org 下载 oui.csv（可再加 mam.csv、oui36.csv），用 U 盘拷来，一次选中即可。',
    'Without internet: on a connected computer download oui.csv (and mam.csv, oui36.csv) from standards-oui.ieee.org, bring them on a USB stick and choose them together.',
  ],
  'vendors.updated': [
    '厂商表已更新，共 {{total}} 个前缀。下次扫描起生效。',
    'The table is updated: {{total}} prefixes, used from the next sweep on.',
  ],
  'vendors.was_reset': ['已恢复随程序提供的厂商表。', 'The shipped table is in use again.'],
  'refusal.oui_unreadable': [
    '“{{name}}”不是厂商表。请选择从 IEEE 下载的 oui.csv、mam.csv 或 oui36.csv，不要用 Excel 另存。',
    '"{{name}}" is no table of makers. Choose oui.csv, mam.csv or oui36.csv as downloaded from the IEEE, not saved again by Excel.',
  ],
  'refusal.oui_short': [
    '“{{name}}”不完整：只有 {{found}} 个前缀，而随程序提供的表已有 {{expected}} 个。请重新下载；原来的表没有改动。',
    '"{{name}}" is incomplete: {{found}} prefixes, and the shipped table already has {{expected}}. Download it again; the table in use was not changed.',
  ],
  'refusal.oui_too_big': [
    '“{{name}}”超过 {{max}} MB，不会是厂商表。原来的表没有改动。',
    '"{{name}}" is above {{max}} MB and cannot be a table of makers. The table in use was not changed.',
  ],
});
