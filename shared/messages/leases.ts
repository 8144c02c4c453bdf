import { messages } from '../catalogue.ts';

/** Slices of numbers that a laptop takes along. */
export const leases = messages({
  'command.leases.take': ['带走一段地址', 'Took addresses along'],
  'command.leases.giveBack': ['归还带走的地址', 'Gave addresses back'],
  'command.leases.refill': ['预领一批资产编号', 'Took asset tags along'],
  'leases.take': ['带走一段地址', 'Take addresses along'],
  'leases.takeHint': [
    '外出前从中心预领一段连续的空闲地址：离线时按顺序分配，别的电脑不会给出同样的地址。同步后生效，到期自动归还。',
    'Reserve the next free addresses before you leave: offline you give them out in order, and no other laptop gives out the same. It holds once synced, and comes back by itself.',
  ],
  'leases.count': ['几个地址', 'How many'],
  'leases.days': ['几天', 'For how many days'],
  'leases.taken': ['已预领 {{first}}–{{last}}，同步后生效', '{{first}}–{{last}} reserved; it holds once synced'],
  'leases.own': [
    '本机带走 {{first}}–{{last}}，还有 {{free}} 个可用，{{until}} 到期',
    'Taken along here: {{first}}–{{last}}, {{free}} free, until {{until}}',
  ],
  'leases.waiting': [
    '本机预领 {{first}}–{{last}}，等同步确认',
    'Asked for here: {{first}}–{{last}}, to be confirmed by a sync',
  ],
  'leases.other': [
    '{{name}}（{{machine}}）带走 {{first}}–{{last}}，{{until}} 到期',
    '{{name}} ({{machine}}) took {{first}}–{{last}} along until {{until}}',
  ],
  'leases.giveBack': ['归还', 'Give back'],
  'leases.givenBack': ['已归还', 'Given back'],
  'leases.nextTag': ['取下一个编号', 'Next tag'],
  'leases.noSeries': [
    '台账里还没有以数字结尾的编号，请先手填第一个。',
    'No tag in the register ends in digits yet. Type the first one.',
  ],
  'field.leases.kind': ['类别', 'Kind'],
  'option.leases.kind.ip': ['地址', 'Addresses'],
  'option.leases.kind.tag': ['资产编号', 'Asset tags'],
  'field.leases.pool': ['号段', 'Series'],
  'field.leases.first': ['起', 'First'],
  'field.leases.last': ['止', 'Last'],
  'field.leases.machine': ['机器代号', 'Machine'],
  'field.leases.technician': ['领用人', 'Technician'],
  'field.leases.days': ['天数', 'Days'],
  'field.leases.expires_at': ['到期', 'Until'],
  'field.leases.returned_at': ['归还时间', 'Returned'],
  'record.leases': ['预领号段', 'Slice of numbers'],
  'refusal.lease_out': [
    '本机已经带走了 {{cidr}} 的一段地址。请先归还，或用完再领。',
    'This laptop has addresses of {{cidr}} along already. Give them back first, or use them up.',
  ],
  'refusal.lease_alone': [
    '这台电脑没有加入中心，地址都由本机分配，不用预领。',
    'This notebook has joined no store: all addresses are given out here, and none needs taking along.',
  ],
  'refusal.ip_leased': [
    '{{ip}} 已被{{holder}}（{{machine}}）带走，{{until}} 前由那台电脑分配。请换一个地址，或请对方归还。',
    '{{ip}} was taken along by {{holder}} ({{machine}}) until {{until}}. Choose another address, or ask for it back.',
  ],
  'refusal.strict_away': [
    '网段 {{cidr}} 要求按顺序分配，现在连不上中心。请先同步，或用外出前带走的地址。',
    'The subnet {{cidr}} is given out strictly in order, and the store is out of reach. Sync first, or use addresses taken along before.',
  ],
  'sync.kind.unique.leased': ['地址已被别的电脑带走', 'Address taken along by another laptop'],
  'sync.kind.unique.lease_full': ['号段不够', 'No room for the slice'],
});
