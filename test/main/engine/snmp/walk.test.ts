/** The bounds of a walk, and which VLAN a forwarding database is, without a network. */
import { vlanOfFdb } from '../../../../main/engine/snmp/bridge.ts';
import { NoAnswer, type Session, type Varbind, type Why } from '../../../../main/engine/snmp/session.ts';
import { Walker } from '../../../../main/engine/snmp/walk.ts';

const COLUMN = '1.3.6.1.4.1.1.1';
const SECOND = '1.3.6.1.4.1.1.2';
const line = (oid: string, value: Varbind['value'] = 1): Varbind => ({ oid, value, none: false });
/** Beyond every table asked for. */
const BEYOND = line('1.3.6.1.9.1');

type Next = Session['next'];
function walker(next: Next): Walker {
  return new Walker({ get: async () => await Promise.resolve([]), next, stop: () => undefined });
}
/** A column of so many lines, and then the end. */
const column = (rows: number): Next => {
  const give = (oid: string): Varbind => {
    const [base, at] = [oid.slice(0, COLUMN.length), oid.slice(COLUMN.length + 1) || '0'] as const;
    return Number(at) < rows ? line(`${base}.${Number(at) + 1}`) : BEYOND;
  };
  return async (oids, repetitions) => {
    const lists = oids.map((oid) => {
      const list: Varbind[] = [];
      for (let turn = 0; turn < repetitions; turn++) list.push(give(list.at(-1)?.oid ?? oid));
      return list;
    });
    return await Promise.resolve(lists);
  };
};

describe('a walk', () => {
  test('reads every row of every column', async () => {
    const { state, rows } = await walker(column(100)).walk([COLUMN, SECOND], 1000);
    expect(state).toBe('read');
    expect(rows.size).toBe(100);
    expect(rows.get('100')).toEqual([1, 1]);
  });

  test('says absent for a table that is not there', async () => {
    expect(await walker(column(0)).walk([COLUMN], 10)).toMatchObject({ state: 'absent', rows: new Map() });
  });

  test('stops at its rows', async () => {
    const { state, rows } = await walker(column(Infinity)).walk([COLUMN], 500);
    expect([state, rows.size]).toEqual(['cut', 500]);
  });

  test('stops at the objects of a device', async () => {
    const one = walker(column(Infinity));
    const first = await one.walk([COLUMN], 1e6);
    expect(first.state).toBe('cut');
    expect(one.varbinds).toBeLessThanOrEqual(120_000 + 60);
    expect(await one.walk([SECOND], 10)).toMatchObject({ state: 'cut', rows: new Map() });
  });

  test('stops at the bytes of a device: few lines, but huge ones', async () => {
    let at = 0;
    const huge: Next = async () => await Promise.resolve([[line(`${COLUMN}.${++at}`, new Uint8Array(60_000))]]);
    const { state, rows } = await walker(huge).walk([COLUMN], 1e6);
    expect(state).toBe('cut');
    expect(rows.size * 60_000).toBeLessThan(34 * 2 ** 20);
  });

  test('stops after a minute, and after two of one device', async () => {
    const clock = jest.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    try {
      let at = 0;
      const slow: Next = async () => {
        now += 4000;
        return await Promise.resolve([[line(`${COLUMN}.${++at}`)]]);
      };
      const one = walker(slow);
      expect([(await one.walk([COLUMN], 1e6)).state, now]).toEqual(['cut', 64_000]);
      expect([(await one.walk([COLUMN], 1e6)).state, now]).toEqual(['cut', 124_000]);
      expect([(await one.walk([COLUMN], 1e6)).state, now]).toEqual(['cut', 124_000]);
    } finally {
      clock.mockRestore();
    }
  });

  test('asks for less where a big question gets no answer, and for one object at last', async () => {
    const asked: number[] = [];
    const answer = column(40);
    const shy: Next = async (oids, repetitions) => {
      asked.push(repetitions);
      if (repetitions > 1) throw new NoAnswer('silent');
      return await answer(oids, repetitions);
    };
    const one = walker(shy);
    expect((await one.walk([COLUMN], 100)).rows.size).toBe(40);
    await one.walk([SECOND], 100);
    expect(asked.slice(0, 3)).toEqual([15, 1, 1]);
    // the second table does not try again what failed
    expect(asked.filter((repetitions) => repetitions > 1)).toEqual([15]);
  });

  test.each<[Why, string]>([
    ['refused', 'failed'],
    ['garbage', 'failed'],
    ['silent', 'failed'],
    ['nothing', 'absent'],
  ])('ends a table that gives only "%s" as %s', async (why, state) => {
    const no: Next = async () => await Promise.reject(new NoAnswer(why));
    expect((await walker(no).walk([COLUMN, SECOND], 10)).state).toBe(state);
  });

  test('takes columns one by one where the agent cannot give them together', async () => {
    const answer = column(5);
    const narrow: Next = async (oids, repetitions) => {
      if (oids.length > 1) throw new NoAnswer('refused');
      return await answer(oids, repetitions);
    };
    const { state, rows } = await walker(narrow).walk([COLUMN, SECOND], 10);
    expect(state).toBe('read');
    expect(rows.get('5')).toEqual([1, 1]);
  });

  test('a reply that was full before every column had its line is no end', async () => {
    const answer = column(3);
    const full: Next = async (oids, repetitions) => {
      const lists = await answer(oids, repetitions);
      return lists.map((list, at) => (at === 0 ? list.slice(0, 1) : []));
    };
    const { state, rows } = await walker(full).walk([COLUMN, SECOND], 10);
    expect(state).toBe('read');
    expect(rows.get('3')).toEqual([1, 1]);
  });
});

describe('the VLAN of a forwarding database', () => {
  const table = (pairs: Record<string, number>): Parameters<typeof vlanOfFdb>[0] => ({
    rows: new Map(Object.entries(pairs).map(([index, fdb]) => [index, [fdb]])),
  });
  test.each<[string, Record<string, number>, number, number | null]>([
    ['by the table', { '0.40': 1, '0.50': 2 }, 2, 50],
    ['one that two VLANs share is neither', { '0.40': 1, '0.50': 1, '0.60': 2 }, 1, null],
    ['one the table leaves out, where the others are renumbered', { '0.40': 1, '0.50': 2 }, 3, null],
    ['without the table it is the number', {}, 30, 30],
    ['a part of the table that says the same (H3C)', { '0.1': 1 }, 20, 20],
    ['a table of zeros', { '0.1': 0, '0.20': 0 }, 20, 20],
    ['one number for all', { '0.1': 1, '0.20': 1, '0.30': 1 }, 20, 20],
    ['a time mark or none', { '40': 1 }, 1, 40],
    ['no VLAN has that number', {}, 5000, null],
  ])('%s', (_, pairs, fdb, vlan) => {
    expect(vlanOfFdb(table(pairs))(fdb)).toBe(vlan);
  });
});
