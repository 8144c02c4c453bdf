/** Invented names. Some are there because they break things: polyphone and double surnames, namesakes, rare characters. */
import type { Chance } from './chance.ts';

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎',
];
const FIRST = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文志海国春晓雪梅婷慧佳宇浩俊欣怡晨'];
const SECOND = [...'华明玲萍波辉林峰燕云飞龙凤莉琴东青松柏彬宁涵轩悦然蕾琳瑶妍昊博睿哲源泽'];

/** Names every demo has: two 王芳, surnames read otherwise than usual, double surnames, a long and a rare one (domain.md §4). */
export const fixedNames = [
  '王芳',
  '王芳',
  '单晓梅',
  '曾志强',
  '仇建国',
  '解小东',
  '区文英',
  '查良',
  '欧阳雪',
  '尉迟海波',
  '阿依古丽·买买提',
  '张䶮',
  '司马相明',
  '李梅',
] as const;

export const inventName = (by: Chance): string =>
  by.pick(SURNAMES) + by.pick(FIRST) + (by.next() < 0.7 ? by.pick(SECOND) : '');
export const inventPhone = (by: Chance): string => `138${String(by.int(0, 99_999_999)).padStart(8, '0')}`;
