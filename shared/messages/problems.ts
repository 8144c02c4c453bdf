import { messages } from '../catalogue.ts';

export const problems = messages({
  'problem.required': ['不能为空', 'it must not be empty'],
  'problem.too_long': ['太长', 'it is too long'],
  'problem.too_large': ['数值太大', 'the number is too large'],
  'problem.too_small': ['数值太小', 'the number is too small'],
  'problem.number': ['应为整数', 'it must be a whole number'],
  'problem.choice': ['不在可选范围内', 'it is not one of the choices'],
  'problem.mac': [
    '不是有效的网卡地址（如 3C-52-82-1A-00-01），不能是全零、广播或组播',
    'it is not a network card address (such as 3C-52-82-1A-00-01); zeros, broadcast and multicast are refused',
  ],
  'problem.ip': ['不是有效的 IPv4 地址（如 10.20.30.4）', 'it is not an IPv4 address (such as 10.20.30.4)'],
  'problem.cidr': ['不是有效的网段（如 10.20.30.0/24）', 'it is not a subnet (such as 10.20.30.0/24)'],
  'problem.day': ['不是有效的日期（如 2026-09-07）', 'it is not a date (such as 2026-09-07)'],
  'problem.unknown': ['没有这一项', 'there is no such field'],
  'problem.wrong': ['格式不对', 'it is not right'],
});
