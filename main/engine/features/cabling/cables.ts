/** Cables and their labels (F-06): made, changed, and what was read on them. */
import { cables } from '../../../../shared/features/cabling.ts';
import type { CableLine, Verdict } from '../../../../shared/features/cabling/calls.ts';
import {
  endColumns,
  endNames,
  endOf,
  sameEnd,
  type Cable,
  type CableEnd,
} from '../../../../shared/features/cabling/ends.ts';
import {
  frontLabel,
  isLabel,
  linkLabel,
  placeCode,
  plainLabel,
  rearLabel,
} from '../../../../shared/features/cabling/label.ts';
import type { DraftOf, PatchOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { placeTexts } from '../../titles.ts';
import { checkEnd, endLocation, endPlace, endText } from './ends.ts';

/** The label it should have: by the grammar, and on no other cable. Returns it as it is stored. */
function checkLabel(db: ReadDb, t: Translate, label: string, self: string | null): string {
  const plain = plainLabel(label);
  if (!isLabel(plain)) throw refuse('label_grammar', { label });
  const twin = db.get<{ label: string; id: string }>(
    'SELECT id, label FROM cables WHERE label = ? AND deleted_at IS NULL AND id IS NOT ?',
    plain,
    self,
  );
  if (!twin) return plain;
  const raw = db.get('SELECT * FROM cables WHERE id = ?', twin.id);
  const ends = raw ? endNames.map((name) => endOf(decode(cables, raw), name)) : [];
  throw refuse('label_taken', {
    label: plain,
    ends: ends.map((end) => (end ? endText(db, t, end) : t('cabling.unknown'))).join(' ↔ '),
  });
}

/** What a cable between these ends is to be called: by its panel, else the next number of the closet. Null where neither is known. */
function proposeLabel(db: ReadDb, ends: readonly (CableEnd | null)[]): string | null {
  const onPanel = ends.find((end) => end?.kind === 'panel');
  if (onPanel?.kind === 'panel') {
    const panel = db.get<{ code: string; name: string }>('SELECT code, name FROM panels WHERE id = ?', onPanel.id);
    if (panel) return (onPanel.side === 'rear' ? rearLabel : frontLabel)(panel, onPanel.position);
  }
  const at = ends.flatMap((end) => (end ? [endLocation(db, end)] : [])).find((place) => place !== null);
  const code = at === undefined || at === null ? '' : codeOf(db, at);
  if (code === '') return null;
  const used = db
    .all<{ label: string }>('SELECT label FROM cables WHERE label GLOB ? AND deleted_at IS NULL', `${code}-L-*`)
    .map(({ label }) => Number(label.slice(code.length + 3)) || 0);
  return linkLabel(code, Math.max(0, ...used) + 1);
}
const codeOf = (db: ReadDb, place: string): string =>
  db.value<string>(
    'SELECT code FROM panels WHERE location_id = ? AND deleted_at IS NULL ORDER BY name LIMIT 1',
    place,
  ) ?? placeCode(db.value<string>('SELECT name FROM locations WHERE id = ?', place) ?? '');

interface Made {
  readonly a: CableEnd;
  readonly b: CableEnd | null;
  readonly values: DraftOf<typeof cables>;
}
export function createCable(tx: WriteDb, t: Translate, { a, b, values }: Made): Cable {
  if (b !== null && sameEnd(a, b)) throw refuse('cable_loop', { end: endText(tx, t, a) });
  for (const end of [a, b]) if (end) checkEnd(tx, t, end, null);
  const wanted = values.label ?? proposeLabel(tx, [a, b]);
  const label = wanted === null ? null : checkLabel(tx, t, wanted, null);
  return tx.insert(cables, { ...values, label, ...endColumns('a', a), ...endColumns('b', b) });
}

interface Changed {
  readonly changes: PatchOf<typeof cables>;
  readonly a?: CableEnd | null | undefined;
  readonly b?: CableEnd | null | undefined;
}
export function updateCable(tx: WriteDb, t: Translate, id: string, { changes, a, b }: Changed): Cable {
  const before = tx.need(cables, id);
  const [near, far] = [a === undefined ? endOf(before, 'a') : a, b === undefined ? endOf(before, 'b') : b];
  if (near && far && sameEnd(near, far)) throw refuse('cable_loop', { end: endText(tx, t, near) });
  for (const end of [a, b]) if (end) checkEnd(tx, t, end, id);
  const label = changes.label ? checkLabel(tx, t, changes.label, id) : changes.label;
  return tx.patch(cables, id, {
    ...changes,
    ...(label === undefined ? {} : { label }),
    ...(a === undefined ? {} : endColumns('a', a)),
    ...(b === undefined ? {} : endColumns('b', b)),
  });
}

/** A cable that an undo brings back: its ends and its label must still be free. */
export function checkCable(tx: WriteDb, t: Translate, cable: Cable): void {
  for (const name of endNames) {
    const end = endOf(cable, name);
    if (end) checkEnd(tx, t, end, cable.id);
  }
  if (cable.label !== null) checkLabel(tx, t, cable.label, cable.id);
}

/** Null: nothing was read on it. A label that fell off, or cannot be read, is neither right nor wrong. */
function isCorrect({ label, found }: Pick<Cable, 'label' | 'found'>): boolean | null {
  if (found === null || found === '') return null;
  return label !== null && plainLabel(found) === plainLabel(label);
}

/** One verdict at the rack: what was read, how well, and whether it has to be replaced. */
export function giveVerdict(
  tx: WriteDb,
  { id, verdict, found }: { id: string; verdict: Verdict; found?: string | undefined },
  today: string,
  by: string,
): void {
  const cable = tx.need(cables, id);
  if (verdict === 'unchecked') {
    tx.patch(cables, id, {
      found: null,
      legible: null,
      ends_match: null,
      checked_on: null,
      checked_by: null,
      fix: null,
    });
    return;
  }
  if (verdict === 'wrong' && !found) throw refuse('label_found', { label: cable.label ?? '' });
  const seen = { checked_on: today, checked_by: by };
  if (verdict === 'right')
    tx.patch(cables, id, {
      ...seen,
      found: cable.label,
      legible: 'clear',
      ends_match: true,
      fix: cable.fix === 'to_replace' ? 'replaced' : 'none',
    });
  else if (verdict === 'wrong')
    tx.patch(cables, id, { ...seen, found: found ?? null, legible: 'clear', ends_match: false, fix: 'to_replace' });
  else
    tx.patch(cables, id, {
      ...seen,
      found: verdict === 'blurred' ? (found ?? null) : null,
      legible: verdict,
      fix: 'to_replace',
    });
}

export function lineOf(db: ReadDb, t: Translate, cable: Cable): CableLine {
  const shown = (end: CableEnd | null) => (end ? { text: endText(db, t, end), place: endPlace(db, end) } : null);
  return { cable, a: shown(endOf(cable, 'a')), b: shown(endOf(cable, 'b')), correct: isCorrect(cable) };
}

/** By the closet its ends are in: a panel's first, since every label begins with it. */
const IN_CLOSET = `
  SELECT c.id, COALESCE(pa.location_id, pb.location_id, sa.location_id, sb.location_id, da.location_id, dd.location_id) AS closet
  FROM cables c
  LEFT JOIN panels pa ON pa.id = c.a_panel_id LEFT JOIN panels pb ON pb.id = c.b_panel_id
  LEFT JOIN switch_ports ta ON ta.id = c.a_port_id LEFT JOIN assets sa ON sa.id = ta.asset_id
  LEFT JOIN switch_ports tb ON tb.id = c.b_port_id LEFT JOIN assets sb ON sb.id = tb.asset_id
  LEFT JOIN assets da ON da.id = c.a_asset_id LEFT JOIN assets dd ON dd.id = c.b_asset_id
  WHERE c.deleted_at IS NULL`;

/** Every cable with an end in a closet, found by the indexes: those of the closet are among them. */
const TOUCHING = endNames
  .flatMap((name) => [
    `SELECT c.id FROM panels p JOIN cables c ON c.${name}_panel_id = p.id WHERE p.location_id = ?`,
    `SELECT c.id FROM assets d JOIN switch_ports p ON p.asset_id = d.id JOIN cables c ON c.${name}_port_id = p.id WHERE d.location_id = ?`,
    `SELECT c.id FROM assets d JOIN cables c ON c.${name}_asset_id = d.id WHERE d.location_id = ?`,
  ])
  .join(' UNION ');

/** Cables of a closet, in the order of their labels; those without one at the end. */
export const cablesIn = (db: ReadDb, closet: string): Cable[] =>
  db
    .all(
      `SELECT c.* FROM (${IN_CLOSET} AND c.id IN (${TOUCHING})) here JOIN cables c ON c.id = here.id
       WHERE here.closet = ? ORDER BY c.label IS NULL, c.label, c.id`,
      ...Array.from({ length: 3 * endNames.length + 1 }, () => closet),
    )
    .map((raw) => decode(cables, raw));

export function closetLines(db: ReadDb): {
  id: string;
  title: string;
  cables: number;
  checked: number;
  wrong: number;
  illegible: number;
  checked_since: string | null;
}[] {
  const rows = db.all<{
    closet: string;
    cables: number;
    checked: number;
    wrong: number;
    illegible: number;
    since: string | null;
  }>(
    `SELECT here.closet, count(*) AS cables, count(c.checked_on) AS checked, min(c.checked_on) AS since,
       sum(c.found IS NOT NULL AND c.found <> COALESCE(c.label, '')) AS wrong, sum(c.legible IN ('blurred', 'missing', 'fallen')) AS illegible
     FROM (${IN_CLOSET}) here JOIN cables c ON c.id = here.id WHERE here.closet IS NOT NULL GROUP BY here.closet`,
  );
  const place = placeTexts(db);
  return rows
    .map(({ closet, cables: n, checked, wrong, illegible, since }) => ({
      id: closet,
      title: place(closet),
      cables: n,
      checked,
      wrong,
      illegible: illegible ?? 0,
      checked_since: since,
    }))
    .toSorted((a, b) => a.title.localeCompare(b.title, 'zh', { numeric: true }));
}
