import { contract } from '../../shared/contract.ts';
import { procedures } from '../../renderer/procedures.ts';

const names = Object.entries(contract).flatMap(([feature, calls]) =>
  Object.keys(calls).map((call) => `${feature}.${call}`),
);

test('every call of the contract reaches the line under its own name, also those that functions have (ipam.bind)', async () => {
  const reached: string[] = [];
  const client = procedures({ call: async (path) => void reached.push(path.join('.')) }) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  for (const name of names) {
    const [feature = '', call = ''] = name.split('.');
    await client[feature]?.[call]?.({});
  }
  expect(names).toContain('ipam.bind');
  expect(reached).toEqual(names);
});
