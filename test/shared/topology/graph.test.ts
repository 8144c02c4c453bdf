import fc from 'fast-check';
import { inferLinks, joinLinks, type Cabled, type Told } from '../../../shared/features/topology/join.ts';
import { weakPoints, type Edge } from '../../../shared/features/topology/graph.ts';

const edges = (...pairs: string[]): Edge[] =>
  pairs.map((pair, index) => ({ id: `${pair}${index}`, a: pair[0] ?? '', b: pair[1] ?? '' }));

it('finds the devices and links on which others hang', () => {
  const weak = weakPoints(['f', 'c', 'x', 'y', 'z'], edges('fc', 'cx', 'cx', 'xy', 'xz'));
  expect([...weak.points].toSorted()).toEqual(['c', 'x']);
  expect([...weak.bridges].toSorted()).toEqual(['fc0', 'xy3', 'xz4']);
});
it('finds nothing in a ring, and copes with loops and strangers', () => {
  const weak = weakPoints(['a', 'b', 'c'], edges('ab', 'bc', 'ca', 'aa', 'a?'));
  expect([weak.points.size, weak.bridges.size]).toEqual([0, 0]);
});
it('agrees with taking each device and link away', () => {
  const pieces = (nodes: string[], list: readonly Edge[]): number => {
    const up = new Map(nodes.map((id) => [id, id]));
    const root = (id: string): string => (up.get(id) === id ? id : root(up.get(id) ?? id));
    for (const { a, b } of list) if (up.has(a) && up.has(b)) up.set(root(a), root(b));
    return new Set(nodes.map(root)).size;
  };
  const letter = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  fc.assert(
    fc.property(fc.array(fc.tuple(letter, letter), { maxLength: 14 }), (pairs) => {
      const nodes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
      const list = edges(...pairs.map(([a, b]) => a + b));
      const weak = weakPoints(nodes, list);
      const whole = pieces(nodes, list);
      for (const edge of list)
        expect(weak.bridges.has(edge.id)).toBe(
          pieces(
            nodes,
            list.filter((each) => each !== edge),
          ) > whole,
        );
      for (const id of nodes) {
        const rest = nodes.filter((each) => each !== id);
        const alone = !list.some(({ a, b }) => a !== b && (a === id || b === id));
        expect(weak.points.has(id)).toBe(!alone && pieces(rest, list) > whole);
      }
    }),
    { numRuns: 200 },
  );
});

const told = (a: string, a_port: string | null, b: string, b_port: string | null): Told => ({ a, b, a_port, b_port });
const cable = (...ends: Parameters<typeof told>): Cabled => ({
  ...told(...ends),
  label: 'C-L-01',
  medium: 'single_mode',
  redundant: false,
});
const nameOf = (id: string): string => id.toUpperCase();

it('joins what devices and the register of cables say of one link', () => {
  const links = joinLinks(
    [told('x', 'GE1/0/1', 'c', 'GigabitEthernet1/0/3')],
    [cable('c', 'GE1/0/3', 'x', 'GigabitEthernet1/0/1')],
    [told('c', 'p', 'x', 'q')],
    nameOf,
  );
  expect(links).toEqual([
    {
      a: 'x',
      b: 'c',
      a_port: 'GE1/0/1',
      b_port: 'GigabitEthernet1/0/3',
      label: 'C-L-01',
      medium: 'single_mode',
      redundant: false,
      conflict: null,
      proofs: ['lldp', 'cable'],
    },
  ]);
});
it('shows where they contradict', () => {
  const links = joinLinks([told('x', 'GE1/0/1', 'c', 'GE1/0/3')], [cable('x', 'GE1/0/1', 'd', 'GE1/0/9')], [], nameOf);
  expect(links.map(({ b, proofs, conflict }) => [b, proofs, conflict])).toEqual([
    ['c', ['lldp'], 'D'],
    ['d', ['cable'], 'C GE1/0/3'],
  ]);
});
it('keeps cables side by side apart', () => {
  const links = joinLinks(
    [told('x', 'GE1/0/1', 'c', 'GE1/0/3'), told('x', 'GE1/0/2', 'c', 'GE1/0/4')],
    [cable('x', 'GE1/0/2', 'c', 'GE1/0/4')],
    [],
    nameOf,
  );
  expect(links.map(({ proofs }) => proofs)).toEqual([['lldp'], ['lldp', 'cable']]);
});
it('infers neighbours from cards, and not through a switch between', () => {
  const ports = [
    { device: 'a', port: '1', carries: new Set(['b', 'c']) },
    { device: 'b', port: '1', carries: new Set(['a']) },
    { device: 'b', port: '2', carries: new Set(['c']) },
    { device: 'c', port: '9', carries: new Set(['a', 'b']) },
  ];
  expect(inferLinks(ports)).toEqual([told('a', '1', 'b', '1'), told('b', '2', 'c', '9')]);
});
