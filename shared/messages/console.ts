import { messages } from '../catalogue.ts';

export const consolePaste = messages({
  'console.title': ['控制台粘贴', 'Console paste'],
  'console.box': ['粘贴交换机控制台的输出', 'Paste what the switch printed'],
  'console.hint': [
    '支持华为、H3C、中兴、锐捷、思科；几条命令、几台交换机可以一次粘贴。全程离线，不连接设备。',
    'Huawei, H3C, ZTE, Ruijie and Cisco; several commands and switches in one paste. Offline: no device is contacted.',
  ],
  'console.commands.huawei': [
    'display arp、display mac-address、display interface brief、display lldp neighbor brief',
    'display arp, display mac-address, display interface brief, display lldp neighbor brief',
  ],
  'console.commands.h3c': [
    'display arp、display mac-address、display interface brief、display lldp neighbor-information list',
    'display arp, display mac-address, display interface brief, display lldp neighbor-information list',
  ],
  'console.commands.zte': [
    'show arp、show mac、show interface brief、show lldp neighbor',
    'show arp, show mac, show interface brief, show lldp neighbor',
  ],
  'console.commands.ruijie': [
    'show arp、show mac-address-table、show interfaces status、show lldp neighbors',
    'show arp, show mac-address-table, show interfaces status, show lldp neighbors',
  ],
  'console.commands.cisco': [
    'show ip arp、show mac address-table、show interfaces status、show lldp neighbors、show cdp neighbors',
    'show ip arp, show mac address-table, show interfaces status, show lldp neighbors, show cdp neighbors',
  ],
  'console.clear': ['清空', 'Clear'],
  'console.vendor': ['厂商', 'Maker'],
  'console.vendor.huawei': ['华为', 'Huawei'],
  'console.vendor.h3c': ['H3C', 'H3C'],
  'console.vendor.zte': ['中兴', 'ZTE'],
  'console.vendor.ruijie': ['锐捷', 'Ruijie'],
  'console.vendor.cisco': ['思科', 'Cisco'],
  'console.vendor_auto': ['厂商：自动识别', 'Maker: as recognised'],
  'console.table_auto': ['命令：自动识别', 'Command: as recognised'],
  'console.table': ['命令', 'Command'],
  'console.table.arp': ['ARP 表', 'ARP table'],
  'console.table.mac': ['MAC 地址表', 'MAC table'],
  'console.table.interfaces': ['接口状态', 'Interfaces'],
  'console.table.neighbours': ['LLDP/CDP 邻居', 'LLDP/CDP neighbours'],
  'console.no_host': ['未带主机名的输出', 'Output without a host name'],
  'console.rows': ['{{n}} 条', '{{n}} rows'],
  'console.switch': ['属于哪台交换机', 'Which switch this is'],
  'console.switch_needed': [
    '台账里没有主机名为“{{host}}”的交换机，请选择',
    'No switch on record answers to {{host}}; choose one',
  ],
  'console.switch_choose': [
    '没有提示符，看不出是哪台交换机，请选择',
    'There is no prompt to tell the switch; choose one',
  ],
  'console.no_ip': [
    '这台交换机没有登记管理地址，粘贴内容里也看不出来：只能写入端口表，定位端口和拓扑用不上。请先在资产台账补上管理地址。',
    'No management address is on record for this switch, and the paste tells none: only its ports can be written. Add the address to the asset to use the rest.',
  ],
  'console.unread': ['未读懂的 {{n}} 行', '{{n}} lines not read'],
  'console.unread_none': ['每一行都读懂了', 'Every line was read'],
  'console.unread_more': ['只列出前 {{n}} 行', 'The first {{n}} are shown'],
  'console.nothing': [
    '没有认出任何表格。请连同命令那一行一起复制，或在上面指定厂商和命令再试。',
    'No table was recognised. Copy the line with the command too, or choose maker and command above.',
  ],
  'console.foreign.juniper': [
    '这像是 Juniper 设备的输出，暂不支持。',
    'This looks like output of a Juniper device, which is not read.',
  ],
  'console.foreign.windows': [
    '这像是 Windows 电脑上 arp 命令的输出，不是交换机的。请在交换机上执行命令后复制。',
    'This looks like arp on a Windows computer, not like a switch. Run the command on the switch.',
  ],
  'console.foreign.linux': [
    '这像是 Linux 主机的输出，不是交换机的。请在交换机上执行命令后复制。',
    'This looks like output of a Linux host, not of a switch. Run the command on the switch.',
  ],
  'console.foreign.mikrotik': [
    '这像是 MikroTik 设备的输出，暂不支持。',
    'This looks like output of a MikroTik device, which is not read.',
  ],
  'console.foreign.hp': [
    '这像是 HP ProCurve 交换机的输出，暂不支持。',
    'This looks like output of an HP ProCurve switch, which is not read.',
  ],
  'console.foreign.config': [
    '这像是交换机的配置，不是表格。请复制 display 或 show 命令的输出。',
    'This looks like a configuration, not a table. Copy what a display or show command prints.',
  ],
  'console.ports': ['端口表的变化', 'Changes to the register of ports'],
  'console.counts': [
    '端口表：新增 {{fresh}}，更改 {{changed}}，待确认 {{proposed}}，相同 {{same}}',
    'Ports: {{fresh}} new, {{changed}} changed, {{proposed}} to confirm, {{same}} same',
  ],
  'console.kind.fresh': ['新增', 'New'],
  'console.kind.changed': ['更改', 'Changed'],
  'console.kind.proposed': ['待确认', 'To confirm'],
  'console.kind.same': ['相同', 'Same'],
  'console.port': ['端口', 'Port'],
  'console.proposed_hint': [
    '人工填写过的内容不会被覆盖；勾选后才采用设备的说法。',
    'What a person entered is not overwritten; tick to take what the device says.',
  ],
  'console.accept': ['采用', 'Take'],
  'console.no_ports': ['没有接口状态表，端口表不变。', 'No interface table: the register of ports stays as it is.'],
  'console.take': ['写入', 'Take over'],
  'console.taken': [
    '已写入：{{reads}} 台设备的读数，新增端口 {{created}} 个，更改 {{changed}} 个',
    'Taken over: readings of {{reads}} devices, {{created}} new ports, {{changed}} changed',
  ],
  'console.left': [
    '；{{hosts}} 未选交换机，没有写入，内容仍在框内',
    '; {{hosts}} belongs to no switch yet and was not written: the text stays',
  ],
  'console.source': ['控制台粘贴', 'Console paste'],
  'refusal.console_too_long': [
    '粘贴的内容有 {{size}} 万字，一次最多 {{most}} 万字。请分几次粘贴，一次一台交换机。',
    'The paste has {{size}}0,000 characters; {{most}}0,000 are read at a time. Paste one switch at a time.',
  ],
  'refusal.console_empty': ['还没有粘贴内容', 'Nothing was pasted'],
  'refusal.console_nothing': [
    '没有可写入的内容：请先指定每段输出属于哪台交换机',
    'There is nothing to take over: choose first which switch each part belongs to',
  ],
  'command.console.take': ['写入控制台粘贴', 'Take over a console paste'],
  'command.console.takeBack': ['撤销控制台粘贴', 'Take back a console paste'],
});
