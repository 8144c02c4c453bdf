/**
 * Lanbook as it will be in later versions, for tests: the real program with tables and fields that are not there yet, each version in a module
 * registry of its own. Version SCHEMA is the real one; each later version adds what `ADDED` says, with its migrations.
 */
import type { Hub, HubOptions } from '../../hub/hub.ts';
import type { Engine, Ports } from '../../main/engine/engine.ts';
import type { EngineClient } from '../../main/engine/serve.ts';
import type { RecordType } from '../../shared/record.ts';
import { SCHEMA } from '../../shared/commit.ts';

export interface Version {
  readonly schema: number;
  readonly startHub: (options: HubOptions) => Promise<Hub>;
  readonly open: (dataDir: string, ports: Partial<Ports>) => { engine: Engine; call: EngineClient };
  readonly records: readonly RecordType[];
  readonly recordOf: (table: string) => RecordType | undefined;
}

/** What comes in the versions after the real one. */
const ADDED = {
  people: { pet: SCHEMA + 1, mood: SCHEMA + 3 },
  assets: { colour: SCHEMA + 2 },
  gadgets: SCHEMA + 2,
} as const;

const SQLITE: Record<number, string> = {
  [SCHEMA + 1]: 'ALTER TABLE people ADD COLUMN pet TEXT;',
  [SCHEMA + 2]: `ALTER TABLE assets ADD COLUMN colour TEXT;
    CREATE TABLE gadgets (id TEXT PRIMARY KEY, name TEXT NOT NULL, person_id TEXT, rv INTEGER, deleted_at INTEGER, extra TEXT) STRICT;`,
  [SCHEMA + 3]: 'ALTER TABLE people ADD COLUMN mood TEXT;',
};
const POSTGRES: Record<number, string> = {
  [SCHEMA + 1]: 'ALTER TABLE app.people ADD COLUMN pet text;',
  [SCHEMA + 2]: `ALTER TABLE app.assets ADD COLUMN colour text;
    CREATE TABLE app.gadgets (id uuid PRIMARY KEY, name text NOT NULL, person_id uuid, rv bigint NOT NULL, fv jsonb NOT NULL,
      deleted_rv bigint, deleted_at timestamptz);`,
  [SCHEMA + 3]: 'ALTER TABLE app.people ADD COLUMN mood text;',
};

type Migrations = { migrations: readonly { number: number; sql: string }[] };
const withMore = ({ migrations }: Migrations, more: Record<number, string>, upTo: number): Migrations => ({
  migrations: [
    ...migrations,
    ...Object.entries(more)
      .filter(([version]) => Number(version) <= upTo)
      .map(([version, sql]) => ({ number: 9000 + Number(version), sql })),
  ],
});

/** The program as of a version. */
export async function versionOf(schema: number): Promise<Version> {
  let made: Version | undefined;
  await jest.isolateModulesAsync(async () => {
    jest.doMock('../../shared/commit.ts', () => ({
      ...jest.requireActual<object>('../../shared/commit.ts'),
      SCHEMA: schema,
    }));
    jest.doMock('../../shared/record.ts', () => {
      const actual = jest.requireActual<typeof import('../../shared/record.ts')>('../../shared/record.ts');
      const record: typeof actual.record = (table, fields, options) => {
        const added = Object.entries(ADDED[table as 'people'] ?? {}).filter(([, since]) => since <= schema);
        const more = Object.fromEntries(added.map(([name, since]) => [name, actual.text({ since })]));
        return actual.record(table, { ...fields, ...more }, options) as never;
      };
      return { ...actual, record };
    });
    jest.doMock('../../shared/records.ts', () => {
      const actual = jest.requireActual<typeof import('../../shared/records.ts')>('../../shared/records.ts');
      if (schema < ADDED.gadgets) return actual;
      const { record, ref, text } = jest.requireMock<typeof import('../../shared/record.ts')>('../../shared/record.ts');
      const gadgets = record(
        'gadgets',
        { name: text({ required: true }), person_id: ref('people') },
        { since: ADDED.gadgets },
      ) as unknown as RecordType;
      return {
        ...actual,
        records: [...actual.records, gadgets],
        recordOf: (table: string) => (table === 'gadgets' ? gadgets : actual.recordOf(table)),
      };
    });
    jest.doMock('../../main/engine/migrations/index.ts', () =>
      withMore(jest.requireActual('../../main/engine/migrations/index.ts'), SQLITE, schema),
    );
    jest.doMock('../../hub/migrations/index.ts', () =>
      withMore(jest.requireActual('../../hub/migrations/index.ts'), POSTGRES, schema),
    );
    const { startHub } = await import('../../hub/hub.ts');
    const { startEngine } = await import('../../main/engine/start.ts');
    const { nodePorts } = await import('../../main/engine/engine.ts');
    const { clientOf } = await import('../../main/engine/serve.ts');
    const { records, recordOf } = await import('../../shared/records.ts');
    made = {
      schema,
      startHub,
      open: (dataDir, ports) => {
        const engine = startEngine({ dataDir, ports: { ...nodePorts, ...ports } });
        return { engine, call: clientOf(engine) };
      },
      records: records as unknown as readonly RecordType[],
      recordOf,
    };
  });
  if (!made) throw new Error('the version did not load');
  return made;
}

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
