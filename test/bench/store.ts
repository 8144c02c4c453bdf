/** The register at 100,000 assets: start, search, list page. Peers on the same file in the same run: plain SQL with LIKE, bare Node. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { EngineClient } from '../../main/engine/serve.ts';
import type { Engine } from '../../main/engine/engine.ts';
import { percentile, type BenchRow } from './row.ts';

const ROUNDS = 40;

/** What a technician types, and the columns a spreadsheet-like tool would scan for it. */
const QUERIES: readonly (readonly [
  name: string,
  texts: readonly string[],
  peer: readonly (readonly [table: string, column: string])[],
])[] = [
  [
    'search, 1 Chinese character',
    ['王', '芳', '机', '室'],
    [
      ['people', 'name'],
      ['assets', 'name'],
      ['locations', 'name'],
    ],
  ],
  [
    'search, 2 Chinese characters',
    ['王芳', '台式', '机房', '财务'],
    [
      ['people', 'name'],
      ['assets', 'name'],
      ['locations', 'name'],
    ],
  ],
  [
    'search, 3 Chinese characters',
    ['计算机', '财务室', '投影机', '欧阳雪'],
    [
      ['people', 'name'],
      ['assets', 'name'],
      ['locations', 'name'],
    ],
  ],
  [
    'search, initials',
    ['wf', 'sxm', 'cws', 'hxjhj'],
    [
      ['people', 'name'],
      ['assets', 'name'],
    ],
  ],
  [
    'search, IP fragment',
    ['20.35', '10.24.30.1', '51.7'],
    [
      ['assets', 'ip'],
      ['bindings', 'ip'],
    ],
  ],
  [
    'search, MAC tail',
    ['1A:7F', '00-3C', 'B2D4'],
    [
      ['assets', 'mac'],
      ['bindings', 'mac'],
    ],
  ],
];

async function clock(rounds: number, run: (round: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await run(round);
    times.push(performance.now() - began);
  }
  return times;
}

/** LIKE over the same columns: what finds the same rows without an index of its own. */
function scan(engine: Engine, columns: readonly (readonly [string, string])[], text: string): void {
  for (const [table, column] of columns)
    engine.db.all(
      `SELECT id FROM ${table} WHERE ${column} LIKE ? ESCAPE '\\' ORDER BY ${column} LIMIT 30`,
      `%${text.replace(/[:-]/g, '')}%`,
    );
}

async function searches(engine: Engine, client: EngineClient): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, texts, columns] of QUERIES) {
    const text = (round: number): string => texts[round % texts.length] as string;
    const peer = percentile(await clock(ROUNDS, (round) => scan(engine, columns, text(round))), 0.5);
    const ours = await clock(ROUNDS, (round) => client.search.find({ text: text(round) }));
    rows.push({
      name: `${name}, p50`,
      value: percentile(ours, 0.5),
      unit: 'ms',
      ratio: percentile(ours, 0.5) / peer,
      note: 'of LIKE, p50',
    });
    rows.push({ name: `${name}, p95`, value: percentile(ours, 0.95), unit: 'ms' });
  }
  return rows;
}

async function pages(engine: Engine, client: EngineClient): Promise<BenchRow[]> {
  const plain = percentile(
    await clock(ROUNDS, () =>
      engine.db.all('SELECT * FROM assets WHERE deleted_at IS NULL ORDER BY id LIMIT 200 OFFSET 50000'),
    ),
    0.5,
  );
  const first = await clock(ROUNDS, () => client.assets.list({}));
  const deep = await clock(ROUNDS, () => client.assets.list({ offset: 50_000 }));
  const filtered = await clock(ROUNDS, () =>
    client.assets.list({
      filter: [
        { field: 'status', op: 'equals', value: 'in_use' },
        { field: 'name', op: 'contains', value: '交换' },
      ],
      sort: [{ field: 'tag', dir: 'desc' }],
    }),
  );
  return [
    {
      name: 'list, first page of 200, p50',
      value: percentile(first, 0.5),
      unit: 'ms',
      ratio: percentile(first, 0.5) / plain,
      note: 'of a plain SELECT at row 50,000',
    },
    {
      name: 'list, page at row 50,000, p50',
      value: percentile(deep, 0.5),
      unit: 'ms',
      ratio: percentile(deep, 0.5) / plain,
      note: 'of a plain SELECT at row 50,000',
    },
    { name: 'list, filtered and sorted, p95', value: percentile(filtered, 0.95), unit: 'ms' },
  ];
}

/** A whole process from nothing to an answer, beside Node doing nothing. */
export function startBench(dir: string): BenchRow[] {
  const root = join(import.meta.dirname, '../..');
  const whole = (args: string[]): number => {
    const began = performance.now();
    execFileSync(process.execPath, args, { cwd: root });
    return performance.now() - began;
  };
  const bare = percentile(
    [1, 2, 3].map(() => whole(['-e', '0'])),
    0.5,
  );
  const ours = percentile(
    [1, 2, 3].map(() => whole(['main/cli.ts', '--data', dir, 'call', 'system.state'])),
    0.5,
  );
  return [
    {
      name: 'engine start on 100,000 assets, process and first answer',
      value: ours,
      unit: 'ms',
      ratio: ours / bare,
      note: 'of an empty Node process',
    },
  ];
}

export const storeBench = async (engine: Engine, client: EngineClient): Promise<BenchRow[]> => [
  ...(await searches(engine, client)),
  ...(await pages(engine, client)),
];
