import {
  categoryOfDigit,
  faultCategories,
  guessCategory,
  usualActions,
  usualCause,
} from '../../../../shared/features/tickets/faults.ts';
import { catalogue } from '../../../../shared/messages.ts';

// What people really say at the telephone, and what a technician would have pressed.
test.each([
  ['电脑上不了网，水晶头好像松了', 'cable'],
  ['网线断了', 'cable'],
  ['网页打开特别慢', 'slow'],
  ['网络断断续续', 'slow'],
  ['连不上网', 'no_access'],
  ['登录认证页面打不开', 'no_access'],
  ['打印机连不上网', 'printer'],
  ['复印机卡纸', 'printer'],
  ['提示ＩＰ地址冲突', 'ip_conflict'],
  ['无线上不了网', 'wireless'],
  ['WIFI 信号弱', 'wireless'],
  ['端口不够用', 'ports_short'],
  ['想申请加两个网口', 'ports_short'],
  ['墙上网口坏了', 'port_damaged'],
  ['信息模块松动', 'port_damaged'],
  ['电脑蓝屏', 'pc'],
  ['电脑很卡', 'pc'],
  ['三楼交换机没电', 'switch_power'],
  ['电脑中病毒了，网也很慢', 'virus'],
  ['整层网络环路', 'loop'],
  ['投影仪没信号', 'projection'],
  ['帮忙看一下', 'other'],
  ['no internet in room 301', 'no_access'],
  ['printer jams', 'printer'],
  ['the network is slow', 'slow'],
])('"%s" is guessed as %s', (symptom, category) => {
  expect(guessCategory(symptom)).toBe(category);
});

test('digits 1 to 9 are the first nine categories, 0 the last, nothing else is a key', () => {
  expect(['1', '2', '9', '0'].map(categoryOfDigit)).toEqual(['cable', 'slow', 'pc', 'other']);
  expect(['a', '', '10', '一'].map(categoryOfDigit)).toEqual([null, null, null, null]);
});

test('every category has words for its usual actions, and a usual cause', () => {
  for (const category of faultCategories) {
    for (const action of usualActions[category]) expect(catalogue).toHaveProperty([`tickets.do.${action}`]);
    expect(catalogue).toHaveProperty([`option.tickets.cause.${usualCause(category)}`]);
  }
});
