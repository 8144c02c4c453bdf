import { machinesOnSeats, seatIn, seatLabel, seatName, patternFor } from '../../../../shared/features/opening/seats.ts';

test('host names by pattern', () => {
  expect([seatName('JF1-##', 7), seatName('JF1-##', 60), seatName('JF1-#', 123), seatName('PC', 3)]).toEqual([
    'JF1-07',
    'JF1-60',
    'JF1-123',
    'PC3',
  ]);
  expect([seatLabel(1, 60), seatLabel(1, 120)]).toEqual(['01', '001']);
});

test('machines in the order of their tags, where 10 comes after 9, or by the number they carry', () => {
  const machine = (tag: string, hostname: string | null = null) => ({ id: tag, tag, hostname, name: '学生机' });
  const machines = ['ZC-10', 'ZC-9', 'ZC-8'].map((tag) => machine(tag));
  expect([...machinesOnSeats(machines, [1, 2, 3, 4], 'order')].map(([seat, { id }]) => [seat, id])).toEqual([
    [1, 'ZC-8'],
    [2, 'ZC-9'],
    [3, 'ZC-10'],
  ]);
  const named = [machine('ZC-8', 'JF1-02'), machine('ZC-9', 'JF1-01')];
  expect([...machinesOnSeats(named, [1, 2, 3], 'number')].map(([seat, { id }]) => [seat, id])).toEqual([
    [1, 'ZC-9'],
    [2, 'ZC-8'],
  ]);
  expect(machinesOnSeats(machines, [1], 'none').size).toBe(0);
  expect([seatIn('JF1-07'), seatIn('7号机'), seatIn('教师机'), seatIn(null)]).toEqual([7, 7, null, null]);
});

test('host names follow what the room is called, so that two rooms do not share them', () => {
  expect(patternFor('C405 机房6')).toBe('JF6-##');
  expect(patternFor('c101 电子阅览室')).toBe('C101-##');
  expect(patternFor('电子阅览室')).toBe('JF1-##');
});
