/** At the end all are equal: I1 convergence, I2 idempotence, I10 gapless head. */
import { records } from '../../../shared/records.ts';
import { FRAMES, FrameReader } from '../../../shared/sync/wire.ts';
import { codec } from '../../../hub/codec.ts';
import { nodePorts } from '../../../main/engine/engine.ts';
import type { Hub } from '../../../hub/hub.ts';
import type { SimLaptop } from '../laptop.ts';

/** Every synced row of a notebook, as text that can be compared. */
export const picture = ({ engine }: SimLaptop): string[] =>
  records.flatMap(({ table, fields }) =>
    engine.db
      .all(`SELECT id, rv, deleted_at IS NOT NULL AS gone, ${Object.keys(fields).join(', ')} FROM ${table} ORDER BY id`)
      .map((row) => `${table} ${JSON.stringify(row)}`),
  );

export async function hubPicture(hub: Hub): Promise<string[]> {
  const lines: string[] = [];
  for (const { table, fields } of records) {
    const columns = Object.entries(fields).map(([name, field]) =>
      field.kind === 'flag' ? `"${name}"::int AS "${name}"` : `"${name}"`,
    );
    const { rows } = await hub.pool.query(
      `SELECT id, rv, (deleted_rv IS NOT NULL)::int AS gone, ${columns.join(', ')} FROM app.${table} ORDER BY id::text`,
    );
    for (const row of rows) lines.push(`${table} ${JSON.stringify(row)}`);
  }
  return lines;
}

/** What differs, and on which side. */
function onlyIn(here: readonly string[], hub: readonly string[]): string[] {
  const [own, stored] = [new Set(here), new Set(hub)];
  return [
    ...here.filter((line) => !stored.has(line)).map((line) => `here ${line}`),
    ...hub.filter((line) => !own.has(line)).map((line) => `hub ${line}`),
  ];
}

/** And their logs: the same commits in the same order. */
export async function i1Convergence(hub: Hub, laptops: readonly SimLaptop[]): Promise<void> {
  const stored = await hubPicture(hub);
  const { rows } = await hub.pool.query<{ seq: number; sha256: string }>(
    'SELECT seq, sha256 FROM sync.commit ORDER BY seq',
  );
  for (const laptop of laptops) {
    expect([laptop.machine, ...onlyIn(picture(laptop), stored)]).toEqual([laptop.machine]);
    expect(
      laptop.engine.db
        .all('SELECT seq, sha256 FROM _commits WHERE seq IS NOT NULL ORDER BY seq')
        .map((row) => ({ ...row })),
    ).toEqual(rows);
    expect(laptop.engine.db.value('SELECT count(*) FROM _shadow')).toBe(0);
  }
}

/** Any request again, at any time: nothing changes, and each verdict is the one that was given before. */
export async function i2Idempotence(hub: Hub, laptops: readonly SimLaptop[]): Promise<void> {
  const before = await hubPicture(hub);
  const verdicts = new Map(
    (
      await hub.pool.query<{ incarnation: string; mut_no: number; result: string }>(
        'SELECT incarnation, mut_no, result FROM sync.commit',
      )
    ).rows.map(({ incarnation, mut_no, result }) => [`${incarnation} ${mut_no}`, result]),
  );
  for (const { line } of laptops)
    for (const { url, init } of line.rounds.slice(-2)) {
      const answer = await nodePorts.fetch(url, { ...init, signal: null });
      if (answer.status !== 200 || !answer.headers.get('content-type')?.startsWith(FRAMES)) {
        await answer.body?.cancel();
        continue;
      }
      const reader = new FrameReader(codec);
      for (const { type, text } of reader.push(new Uint8Array(await answer.arrayBuffer()))) {
        if (type !== 'result') continue;
        for (const line of text.split('\n')) {
          const { incarnation, mut_no } = JSON.parse(line) as { incarnation: string; mut_no: number };
          expect(line).toBe(verdicts.get(`${incarnation} ${mut_no}`));
        }
      }
    }
  expect(await hubPicture(hub)).toEqual(before);
  const { rows } = await hub.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM sync.commit');
  expect(rows[0]?.n).toBe(verdicts.size);
}

export async function i10GaplessHead(hub: Hub): Promise<void> {
  const { rows } = await hub.pool.query<{ seq: number }>('SELECT seq FROM sync.commit ORDER BY seq');
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  const head = await hub.pool.query<{ seq: number }>('SELECT seq FROM sync.head');
  expect(head.rows[0]?.seq).toBe(rows.length);
}
