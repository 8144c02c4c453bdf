/** The fault catalogue (domain.md §4, R-41): what is reported, how it is recognised from the words, what is usually done about it. */

/** In the order technicians meet them: the first nine are the digit keys 1-9. */
export const faultCategories = [
  'cable',
  'slow',
  'no_access',
  'printer',
  'ip_conflict',
  'wireless',
  'ports_short',
  'port_damaged',
  'pc',
  'switch_power',
  'virus',
  'loop',
  'projection',
  'other',
] as const;
export type FaultCategory = (typeof faultCategories)[number];

/** The category of a digit key; `0` is "other". */
export const categoryOfDigit = (digit: string): FaultCategory | null =>
  digit === '0' ? 'other' : /^[1-9]$/.test(digit) ? (faultCategories[Number(digit) - 1] ?? null) : null;

/** Most telling words first: "打印机连不上网" is a printer's fault, "无线上不了网" a wireless one. */
const signs: readonly (readonly [FaultCategory, RegExp])[] = [
  ['loop', /环路|环网|成环|广播风暴|\bloop/i],
  ['virus', /病毒|木马|勒索|中毒|挖矿|\bvirus|malware|ransom/i],
  ['ip_conflict', /(ip|地址).{0,4}冲突|\bip.{0,10}conflict/i],
  ['printer', /打印|复印|卡纸|硒鼓|墨盒|碳粉|\bprint|toner/i],
  ['projection', /投影|多媒体|白板|一体机|大屏|班班通|\bproject(or|ion)/i],
  ['wireless', /无线|wi-?fi|\bap\b|热点|wireless/i],
  [
    'ports_short',
    /(端口|网口|信息点|接口|口).{0,3}(不够|不足|不夠|没有了)|(加|增|装|申请).{0,4}(网口|端口|信息点|网线|网络)|(more|not enough|extra) ports?/i,
  ],
  [
    'port_damaged',
    /(端口|网口|模块|面板|信息点|墙插|插口).{0,6}(坏|松|损|断|没反应|不亮|掉|裂)|模块|(port|outlet|socket).{0,12}(broken|damaged|loose)/i,
  ],
  ['switch_power', /交换机|弱电间|机柜|跳闸|\bswitch\b|power (cut|failure)/i],
  ['cable', /水晶头|网线|跳线|线(断|松|坏)|\bcable|\bplug/i],
  [
    'pc',
    /蓝屏|死机|开不了机|开机|黑屏|重启|重装|系统|软件|键盘|鼠标|显示器|主机|电脑.{0,4}(卡|慢|坏)|blue screen|reinstall|keyboard|mouse|monitor/i,
  ],
  ['slow', /慢|卡顿|卡$|很卡|丢包|延迟|掉线|断断续续|时断时续|\bslow|\blag|packet loss/i],
  [
    'no_access',
    /(上|连|打|登|访问).{0,3}(不了|不上|不到|不开)|不能上网|无法|没网|没有网|断网|无网|dhcp|认证|拨号|no (internet|network)|cannot connect|offline/i,
  ],
];

/** The category that the words of a symptom suggest; "other" when none does. */
export function guessCategory(symptom: string): FaultCategory {
  const text = symptom.normalize('NFKC');
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? 'other';
}

/** What is usually done, as catalogue codes `tickets.do.<code>`; the technician picks one and may write on. */
export const usualActions = {
  cable: ['replug', 'new_plug', 'new_cable'],
  slow: ['find_loop', 'limit_rate', 'change_port'],
  no_access: ['fix_settings', 'renew_dhcp', 'sign_in'],
  printer: ['clear_queue', 'new_toner', 'printer_port'],
  ip_conflict: ['change_ip', 'remove_own_ip', 'bind_mac'],
  wireless: ['restart_ap', 'new_ap', 'rejoin_wifi'],
  ports_short: ['request_switch', 'add_switch'],
  port_damaged: ['new_module', 'change_port'],
  pc: ['guide_user', 'reinstall'],
  switch_power: ['new_power', 'restart_switch', 'new_switch'],
  virus: ['cut_and_scan', 'reinstall'],
  loop: ['find_port', 'shut_port'],
  projection: ['new_video_cable', 'reset_projector'],
  other: [],
} as const satisfies Record<FaultCategory, readonly string[]>;
export type UsualAction = (typeof usualActions)[FaultCategory][number];

/** Parts used up most, with the number taken at one press (both ends of a cable take two plugs): `tickets.part.<code>`. */
export const usualParts = [
  { code: 'plug', count: 2 },
  { code: 'patch_cable', count: 1 },
  { code: 'module', count: 1 },
  { code: 'toner', count: 1 },
  { code: 'power_supply', count: 1 },
] as const;

/** The cause a category most often has, offered first. */
export const usualCause = (
  category: FaultCategory,
): 'wear' | 'configuration' | 'virus' | 'human' | 'line' | 'other' => {
  switch (category) {
    case 'cable':
    case 'port_damaged':
    case 'printer':
    case 'switch_power':
    case 'projection':
      return 'wear';
    case 'no_access':
    case 'slow':
    case 'wireless':
      return 'configuration';
    case 'virus':
      return 'virus';
    case 'ip_conflict':
    case 'loop':
      return 'human';
    case 'ports_short':
    case 'pc':
    case 'other':
      return 'other';
  }
};
