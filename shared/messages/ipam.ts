import { messages } from '../catalogue.ts';

/** Addresses: their records, and what the engine refuses. The screens' words are in addresses.ts. */
export const ipam = messages({
  'ipam.title': ['地址与用户', 'Addresses and users'],
  'refusal.subnet_too_wide': [
    '网段 {{cidr}} 太大。请拆成不超过 /{{widest}} 的网段登记。',
    'The subnet {{cidr}} is too wide. Register parts of it, none wider than /{{widest}}.',
  ],
  'refusal.subnet_unusable': [
    '{{cidr}} 不能分配给主机（环回、组播或保留地址）。请填内网实际使用的网段。',
    '{{cidr}} cannot number hosts (loopback, multicast or reserved). Enter the subnet that is really in use.',
  ],
  'refusal.subnet_overlap': [
    '网段 {{cidr}} 与“{{name}}”（{{other}}）重叠。请改小网段，或先修改那个网段。',
    'The subnet {{cidr}} overlaps "{{name}}" ({{other}}). Make it smaller, or change that one first.',
  ],
  'refusal.gateway_outside': [
    '网关 {{gateway}} 不在网段 {{cidr}} 的主机地址内。请填 {{first}} 到 {{last}} 之间的地址。',
    'The gateway {{gateway}} is not a host address of {{cidr}}. Enter one from {{first}} to {{last}}.',
  ],
  'refusal.subnet_holds_outside': [
    '改成 {{cidr}} 后，{{ip}} 会落在网段外。请先移走它，再改网段。',
    'With {{cidr}}, {{ip}} would fall outside. Move it first, then change the subnet.',
  ],
  'refusal.subnet_in_use': [
    '网段 {{cidr}} 里还有 {{n}} 个在用的绑定。请先释放或改址，再删除网段。',
    'The subnet {{cidr}} still holds {{n}} bindings. Release or re-address them before removing it.',
  ],
  'refusal.subnet_full': [
    '网段 {{cidr}} 已没有可分配的地址（回收期内 {{cooling}} 个）。请换网段、扩大分配范围，或先释放不用的地址。',
    'The subnet {{cidr}} has no address left to give out ({{cooling}} cooling down). Use another subnet, widen its range, or release what is not used.',
  ],
  'refusal.range_backwards': [
    '起始地址 {{first}} 大于结束地址 {{last}}。请对调。',
    'The first address {{first}} is above the last, {{last}}. Swap them.',
  ],
  'refusal.range_outside': [
    '{{first}}–{{last}} 超出了网段 {{cidr}}。请填 {{low}} 到 {{high}} 之间的地址。',
    '{{first}}–{{last}} goes beyond the subnet {{cidr}}. Enter addresses from {{low}} to {{high}}.',
  ],
  'refusal.range_overlap': [
    '{{first}}–{{last}} 与已有的 {{other}} 重叠。请改小，或先修改那一段。',
    '{{first}}–{{last}} overlaps {{other}}. Make it smaller, or change that range first.',
  ],
  'refusal.range_holds': [
    '{{first}}–{{last}} 里的 {{ip}} 已分配给{{holder}}，不能划给 DHCP。请先改址或释放。',
    '{{ip}} in {{first}}–{{last}} is held by {{holder}}, so this range cannot go to DHCP. Re-address or release it first.',
  ],
  'refusal.ip_unknown_subnet': [
    '没有登记包含 {{ip}} 的网段。请先登记网段，再分配地址。',
    'No registered subnet contains {{ip}}. Register the subnet first.',
  ],
  'refusal.ip_outside': [
    '{{ip}} 不在网段 {{cidr}} 内。请换一个地址，或选对网段。',
    '{{ip}} is not in the subnet {{cidr}}. Choose another address, or the right subnet.',
  ],
  'refusal.ip_edge': [
    '{{ip}} 是网段 {{cidr}} 的网络号或广播地址，不能分配给主机。请换一个地址。',
    '{{ip}} is the network or broadcast address of {{cidr}} and cannot be given to a host. Choose another one.',
  ],
  'refusal.ip_gateway': [
    '{{ip}} 是网段 {{cidr}} 的网关，不能分配给用户。请换一个地址。',
    '{{ip}} is the gateway of {{cidr}} and cannot be given to a user. Choose another one.',
  ],
  'refusal.ip_dhcp': [
    '{{ip}} 在网段 {{cidr}} 的 DHCP 范围内，由服务器自动分配。请换一个地址，或先调整 DHCP 范围。',
    '{{ip}} lies in the DHCP range of {{cidr}}, where the server gives out addresses. Choose another one, or change that range first.',
  ],
  'refusal.ip_in_use': [
    '{{ip}} 已由{{holder}}占用（{{since}} 起）。请换一个地址，或先释放那条绑定。',
    '{{ip}} is held by {{holder}} (since {{since}}). Choose another address, or release that binding first.',
  ],
  'refusal.mac_in_use': [
    '网卡 {{mac}} 已绑定 {{ip}}，使用人{{holder}}（{{since}} 起）。请核对网卡地址，或先释放那条绑定。',
    'The card {{mac}} is bound to {{ip}} of {{holder}} (since {{since}}). Check the MAC, or release that binding first.',
  ],
  'refusal.ip_cooling': [
    '{{ip}} 还在回收期（原使用人{{holder}}），{{until}} 起可以重新分配。请换一个地址。',
    '{{ip}} is cooling down (last held by {{holder}}); it is free again from {{until}}. Choose another address.',
  ],
  'refusal.ip_of_device': [
    '{{ip}} 已登记在设备“{{asset}}”上，网卡不同。请换一个地址，或先改那台设备的 IP。',
    '{{ip}} is registered on the asset "{{asset}}" with another card. Choose another address, or change that asset first.',
  ],
  'refusal.mac_of_device': [
    '网卡 {{mac}} 已登记在另一台设备“{{asset}}”上。请核对网卡地址，或先改那台设备的 MAC。',
    'The card {{mac}} is registered on another asset, "{{asset}}". Check the MAC, or change that asset first.',
  ],
  'refusal.skip_needs_reason': [
    '请按顺序分配：最小的空闲地址是 {{lowest}}。要用 {{ip}}，请写明原因。',
    'Addresses are given out in order: the lowest free one is {{lowest}}. To use {{ip}}, say why.',
  ],
  'refusal.plan_needs_reason': [
    '{{ip}} 不在按序分配的范围内。要用它，请写明原因。',
    '{{ip}} is not in a range that is given out in order. To use it, say why.',
  ],
  'refusal.cooling_needs_reason': [
    '{{ip}} 还在回收期。要还给原使用人，请写明原因。',
    '{{ip}} is still cooling down. To give it back to its last holder, say why.',
  ],
  'refusal.change_needs_reason': [
    '更换网卡或使用人会改变绑定关系，请写明原因。',
    'Another card or another user changes who the address belongs to. Say why.',
  ],
  'refusal.mac_needed': [
    '开通前要填写网卡地址（MAC）。还不知道的话，可以先预留。',
    'A MAC address is needed before activation. If it is not known yet, reserve the address instead.',
  ],
  'refusal.person_not_registered': [
    '没有登记的人不能分配地址。请先登记人员，再绑定。',
    'Addresses are only given to registered people. Register the person first.',
  ],
  'refusal.person_left': [
    '{{name}}已离开，不能分配地址。请核对人员状态。',
    '{{name}} has left and cannot be given an address. Check the status of that person.',
  ],
  'refusal.opened_later': [
    '开通日期 {{day}} 晚于今天。要提前占用地址，请用预留。',
    'The activation day {{day}} is in the future. To keep an address for later, reserve it.',
  ],
  'refusal.subnet_needed': ['请选择网段，或直接填写 IP。', 'Choose a subnet, or enter an IP.'],
  'refusal.wrong_move': [
    '{{ip}} 的状态已经变了，不能这样操作。请刷新后重试。',
    'The state of {{ip}} has changed, so this cannot be done. Refresh and look again.',
  ],
  'refusal.same_address': [
    '新地址和原地址都是 {{ip}}。请选另一个地址。',
    'The new address is the old one, {{ip}}. Choose another.',
  ],
  'refusal.not_released': [
    '{{ip}} 还没有释放，不用重新开通。',
    '{{ip}} is not released, so there is nothing to give back.',
  ],
  'field.subnets.cidr': ['网段', 'Subnet'],
  'field.subnets.name': ['名称', 'Name'],
  'field.subnets.vlan': ['VLAN', 'VLAN'],
  'field.subnets.gateway': ['网关', 'Gateway'],
  'field.subnets.dns': ['DNS', 'DNS'],
  'field.subnets.purpose': ['用途', 'Purpose'],
  'field.subnets.location_id': ['地点', 'Place'],
  'field.subnets.strict_order': ['离线只用带走的地址（严格按序）', 'Away from the store, only addresses taken along'],
  'field.subnets.cooldown_days': ['回收期（天）', 'Cool-down (days)'],
  'field.subnets.remark': ['备注', 'Remark'],
  'option.subnets.purpose.device': ['设备管理', 'Device management'],
  'option.subnets.purpose.office': ['办公', 'Office'],
  'option.subnets.purpose.teaching': ['教学', 'Teaching'],
  'option.subnets.purpose.classroom': ['教室', 'Classroom'],
  'option.subnets.purpose.lab': ['机房/实验室', 'Computer room / lab'],
  'option.subnets.purpose.printer': ['打印', 'Printers'],
  'option.subnets.purpose.camera': ['监控', 'Cameras'],
  'option.subnets.purpose.server': ['服务器', 'Servers'],
  'option.subnets.purpose.wireless': ['无线', 'Wireless'],
  'option.subnets.purpose.legacy': ['遗留', 'Legacy'],
  'option.subnets.purpose.other': ['其他', 'Other'],
  'field.address_ranges.subnet_id': ['网段', 'Subnet'],
  'field.address_ranges.kind': ['类型', 'Kind'],
  'field.address_ranges.first_ip': ['起始IP', 'First IP'],
  'field.address_ranges.last_ip': ['结束IP', 'Last IP'],
  'field.address_ranges.label': ['说明', 'Label'],
  'option.address_ranges.kind.allocate': ['按序分配', 'Given out in order'],
  'option.address_ranges.kind.dhcp': ['DHCP', 'DHCP'],
  'option.address_ranges.kind.reserved': ['保留', 'Kept back'],
  'field.bindings.ip': ['IP', 'IP'],
  'field.bindings.mac': ['MAC', 'MAC'],
  'field.bindings.person_id': ['使用人', 'User'],
  'field.bindings.location_id': ['房间', 'Room'],
  'field.bindings.asset_id': ['设备', 'Asset'],
  'field.bindings.subnet_id': ['网段', 'Subnet'],
  'field.bindings.hostname': ['计算机名', 'Host name'],
  'field.bindings.outlet': ['信息点', 'Outlet'],
  'field.bindings.switch_name': ['交换机', 'Switch'],
  'field.bindings.switch_port': ['端口', 'Port'],
  'field.bindings.state': ['状态', 'State'],
  'field.bindings.opened_on': ['开通日期', 'Active since'],
  'field.bindings.opened_at': ['开通时间', 'Activated at'],
  'field.bindings.released_at': ['释放时间', 'Released at'],
  'field.bindings.reason': ['原因', 'Reason'],
  'field.bindings.skipped': ['跳号', 'Skipped'],
  'field.bindings.remark': ['备注', 'Remark'],
  'option.bindings.state.reserved': ['预留', 'Reserved'],
  'option.bindings.state.active': ['开通', 'Active'],
  'option.bindings.state.suspended': ['暂停', 'Suspended'],
  'option.bindings.state.released': ['停网', 'Released'],
});
