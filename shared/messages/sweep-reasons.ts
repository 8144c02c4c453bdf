import { messages } from '../catalogue.ts';

/** Why a subnet is not preselected, and why a sweep does not begin or does not go on. */
export const sweepReasons = messages({
  'discovery.card.virtual': ['虚拟网卡', 'virtual card'],
  'discovery.card.tunnel': ['VPN 隧道', 'VPN tunnel'],
  'discovery.doubt.virtual': [
    '虚拟网卡：后面通常只有本机的虚拟机或容器，没有预选',
    'Virtual card: usually only virtual machines or containers of this computer are behind it, so it is not preselected',
  ],
  'discovery.doubt.tunnel': [
    'VPN 或隧道：对面是别处的网络，没有预选；只能用 ping 和 TCP 探测，看不到 MAC',
    "VPN or tunnel: another site's network is behind it, so it is not preselected; only ping and TCP reach it, and no MAC is seen",
  ],
  'refusal.scope_empty': [
    '请先填写要扫描的网段，如 10.20.30.0/24。',
    'Enter what to sweep first, such as 10.20.30.0/24.',
  ],
  'refusal.scope_nonsense': [
    '“{{written}}”不是网段也不是 IP。请写成 10.20.30.0/24 或 10.20.30.7。',
    '"{{written}}" is neither a subnet nor an address. Write it as 10.20.30.0/24 or 10.20.30.7.',
  ],
  'refusal.scope_public': [
    '“{{written}}”不是可扫描的内网地址。请只填内网网段（10.x、172.16–31.x、192.168.x、100.64–127.x、169.254.x）。',
    '"{{written}}" is not a private range that can be swept. Give private subnets only (10.x, 172.16–31.x, 192.168.x, 100.64–127.x, 169.254.x).',
  ],
  'refusal.scope_too_wide': [
    '“{{written}}”有 {{count}} 个地址，太大了。一次最多 65536 个（/16），请分成小一些的网段。',
    '"{{written}}" has {{count}} addresses, too many. 65,536 (a /16) is the most at a time; split it into smaller subnets.',
  ],
  'refusal.scope_confirm': [
    '“{{written}}”有 {{count}} 个地址，超过 4096 个。确认要扫描后再开始。',
    '"{{written}}" has {{count}} addresses, more than 4,096. Confirm the wide sweep to start it.',
  ],
  'refusal.no_network': [
    '这台电脑当前没有连上任何内网，无法扫描。请插好网线或连上无线网后再试。',
    'This computer is not connected to a private network and cannot sweep. Plug in the cable or join the wireless network, then try again.',
  ],
  'refusal.sweep_running': [
    '另一次扫描正在进行。请等它结束，或先停止它。',
    'Another sweep is running. Wait until it ends, or stop it first.',
  ],
  'refusal.scope_edges': [
    '{{written}} 是网络地址或广播地址，不能扫描。请填写网段或主机的 IP。',
    '{{written}} is a network or broadcast address and cannot be swept. Give a subnet, or the address of a host.',
  ],
  'refusal.only_virtual': [
    '这台电脑只有虚拟网卡或 VPN（{{names}}），没有自动选择。要扫描的话，请自己填写或勾选网段。',
    'This computer only has virtual cards or a VPN ({{names}}), so nothing was chosen for you. Enter or tick the subnet to sweep it.',
  ],
  'refusal.neighbours_unreadable': [
    '读不到这台电脑的 ARP 表（arp 程序没有或打不开），分不清谁在线谁不在线，扫描已停下。已发现的都保留着。',
    "This computer's ARP table cannot be read (its arp program is missing or does not start), so nobody can be told online from offline and the sweep stopped. What was found is kept.",
  ],
  'refusal.sweep_too_soon': [
    '{{cidr}} 五分钟内刚扫描过，自动扫描要再等 {{minutes}} 分钟。急用请手动扫描。',
    '{{cidr}} was swept less than five minutes ago; an automatic sweep has to wait {{minutes}} more minutes. Start one by hand if it is urgent.',
  ],
  'refusal.sweep_other_network': [
    '现在接的网络和那次扫描时不是同一个（网段相同，网关不同，或已换了地方），不能接着扫。请重新开始一次扫描。',
    'This is not the network that sweep was started in (another gateway behind the same addresses, or another place), so it cannot go on. Start a new sweep.',
  ],
  'refusal.sweep_complete': [
    '这次扫描已经全部完成，没有剩下的地址。需要的话请重新扫描。',
    'This sweep is complete; there is nothing left to ask. Start a new one if needed.',
  ],
  'refusal.sweep_too_old': [
    '这次扫描已超过一天，接着扫会把两天的情况混在一起。请重新扫描。',
    'This sweep is more than a day old; going on would mix two days. Start a new one.',
  ],
  'refusal.sweep_imported': [
    '这是从其他扫描工具导入的结果，不能接着扫。',
    'This was imported from another scanner and cannot go on.',
  ],
  'refusal.sweep_unknown': ['找不到这次扫描。请刷新列表。', 'This sweep is no longer there. Refresh the list.'],
  'refusal.address_not_near': [
    '{{ip}} 不在本机网段内，读不到它的 MAC。请手工填写。',
    '{{ip}} is not in a subnet of this computer, so its MAC cannot be read. Type it in.',
  ],
});
