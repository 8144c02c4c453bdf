/** Rules of the store at the end of every history: I11 keys and slices, I14 approvals, I16 conflicts, I18 what was resolved stays so. */
import { sha256 } from '../../../main/engine/commits.ts';
import { approvable, contentOf, type Approvable } from '../../../shared/features/approvals.ts';
import { records } from '../../../shared/records.ts';
import { opsOf } from '../../../shared/sync/ops.ts';
import { uniqueRules } from '../../../shared/sync/invariants.ts';
import type { Hub } from '../../../hub/hub.ts';
import { effectOf } from '../../../main/engine/sync/outbox.ts';
import type { SimLaptop } from '../laptop.ts';
import type { HubCommit } from './log.ts';

export async function i11OneHolder(hub: Hub): Promise<void> {
  for (const { name, table, field, where } of uniqueRules) {
    const { rows } = await hub.pool.query(
      `SELECT "${field}"::text AS key, count(*)::int AS n FROM app.${table}
       WHERE deleted_rv IS NULL AND "${field}" IS NOT NULL AND ${where} GROUP BY 1 HAVING count(*) > 1`,
    );
    expect([name, rows]).toEqual([name, []]);
  }
}

/** No number lies in two slices that are out. */
export async function i11Slices(hub: Hub, now: number): Promise<void> {
  const { rows } = await hub.pool.query(
    `SELECT a.id, b.id AS other FROM app.leases a JOIN app.leases b ON a.kind = b.kind AND a.pool = b.pool AND a.id < b.id
     WHERE a.first <= b.last AND b.first <= a.last AND a.deleted_rv IS NULL AND b.deleted_rv IS NULL
       AND a.returned_at IS NULL AND b.returned_at IS NULL AND least(a.expires_at, b.expires_at) > $1`,
    [new Date(now)],
  );
  expect(['I11 slices', rows]).toEqual(['I11 slices', []]);
}

/** What a laptop shows as approved is what was looked at, word for word; and what was looked at is what its hash says. */
export async function i14ApprovedAsIs(laptops: readonly SimLaptop[]): Promise<void> {
  for (const { call, engine } of laptops) {
    const signed = engine.db.all<{ what: Approvable; row_id: string; content: string; content_sha256: string }>(
      'SELECT what, row_id, content, content_sha256 FROM approvals',
    );
    for (const { what, row_id, content, content_sha256 } of signed) {
      expect(['I14', sha256(content)]).toEqual(['I14', content_sha256]);
      const [row] = engine.db.all<Record<string, string | number | null>>(
        `SELECT * FROM ${approvable[what].table} WHERE id = ? AND deleted_at IS NULL`,
        row_id,
      );
      if (!row) continue;
      const { state, rows } = await call.approvals.of({ what, id: row_id });
      if (state === 'approved') expect(['I14', rows[0]?.content]).toEqual(['I14', contentOf(what, row)]);
    }
  }
}

/** What a live row says it belongs to was there once: a parent is never missing. */
export async function i11Parents(hub: Hub): Promise<void> {
  for (const { table, fields } of records)
    for (const [name, field] of Object.entries(fields)) {
      if (field.kind !== 'ref') continue;
      const { rows } = await hub.pool.query(
        `SELECT c.id FROM app.${table} c WHERE c."${name}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM app.${field.table} p WHERE p.id = c."${name}")`,
      );
      expect([table, name, rows]).toEqual([table, name, []]);
    }
}

/** Every held operation waits in one conflict record that is there, and every open record holds something. */
export async function i16HeldIsRecorded(hub: Hub, commits: readonly HubCommit[]): Promise<void> {
  const { rows } = await hub.pool.query<{ id: string; state: string; incarnation: string; mut_no: number }>(
    'SELECT id, state, incarnation, mut_no FROM app.conflicts WHERE deleted_rv IS NULL',
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const holding = new Set<string>();
  for (const { result, bodies, seq } of commits) {
    const seen = new Set<string>();
    for (const { op, conflict, fields } of result.held) {
      const part = `${op} ${fields?.toSorted().join(',') ?? '*'}`;
      expect(['I16', seq, part, seen.has(part)]).toEqual(['I16', seq, part, false]);
      seen.add(part);
      expect(['I16', seq, known.has(conflict)]).toEqual(['I16', seq, true]);
      expect(op).toBeLessThan(bodies.length);
      holding.add(conflict);
    }
    if (result.outcome === 'held') expect(['I16', seq, result.held.length > 0]).toEqual(['I16', seq, true]);
  }
  for (const { id, state } of rows)
    if (state === 'open') expect(['I16', 'open', holding.has(id)]).toEqual(['I16', 'open', true]);
}

/** Nothing in the log opens a settled conflict again, and the first who settled it is the one who stands there. */
export function i18ResolvedStays(commits: readonly HubCommit[]): void {
  const settled = new Map<string, number>();
  for (const { bodies, schema, result, seq } of commits)
    for (const [index, op] of (opsOf(bodies, schema) ?? []).entries()) {
      const effect = op.table === 'conflicts' ? effectOf(op, index, result) : null;
      if (effect?.op !== 'patch' || !effect.fields['state']) continue;
      expect(['I18', seq, settled.get(op.id)]).toEqual(['I18', seq, undefined]);
      settled.set(op.id, seq);
    }
}
