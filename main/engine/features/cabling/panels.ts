/** Outlets of rooms and patch panels of closets. */
import { cables, outlets, panels } from '../../../../shared/features/cabling.ts';
import type { PanelLine, PanelPlace } from '../../../../shared/features/cabling/calls.ts';
import { endNames, endOf } from '../../../../shared/features/cabling/ends.ts';
import {
  nextPanelName,
  PANEL_NAME,
  PLACE_CODE,
  placeCode,
  plainLabel,
} from '../../../../shared/features/cabling/label.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { locationPath, placeTexts } from '../../titles.ts';
import { cableName, cablesAt, endText, farEnd } from './ends.ts';

type Outlet = RowOf<typeof outlets>;
type Panel = RowOf<typeof panels>;

/** Outlets are told apart by their label within a building at least; one label twice in a room is a mistake. */
function checkOutlet(db: ReadDb, location: string, label: string, self: string | null): void {
  const twin = db.get(
    'SELECT 1 FROM outlets WHERE location_id = ? AND label = ? COLLATE NOCASE AND deleted_at IS NULL AND id IS NOT ?',
    location,
    label,
    self,
  );
  if (twin) throw refuse('outlet_exists', { label, place: locationPath(db, location) });
}
export function createOutlet(tx: WriteDb, draft: DraftOf<typeof outlets>): Outlet {
  checkOutlet(tx, draft.location_id, draft.label, null);
  return tx.insert(outlets, draft);
}
export function updateOutlet(tx: WriteDb, id: string, changes: PatchOf<typeof outlets>): Outlet {
  const outlet = tx.need(outlets, id);
  checkOutlet(tx, changes.location_id ?? outlet.location_id, changes.label ?? outlet.label, id);
  return tx.patch(outlets, id, changes);
}
export function removeOutlet(tx: WriteDb, t: Translate, id: string): void {
  const outlet = tx.need(outlets, id);
  const [cable] = cablesAt(tx, { kind: 'outlet', id });
  if (cable) throw refuse('port_cabled', { name: outlet.label, cable: cableName(cable, t) });
  tx.remove(outlets, id);
}
/** Most of one run: a computer room has 60 seats. */
const MOST_OUTLETS = 200;
export function makeOutlets(
  tx: WriteDb,
  { location_id, prefix, from, to }: { location_id: string; prefix: string; from: number; to: number },
): number {
  const count = to - from + 1;
  if (count < 1 || count > MOST_OUTLETS) throw refuse('port_run', { count, most: MOST_OUTLETS });
  for (let n = from; n <= to; n += 1) createOutlet(tx, { location_id, label: outletName(prefix, n), state: 'good' });
  return count;
}
export const outletName = (prefix: string, n: number): string => `${prefix}${String(n).padStart(2, '0')}`;

const panelsIn = (db: ReadDb, location: string): { id: string; code: string; name: string }[] =>
  db.all(
    'SELECT id, code, name FROM panels WHERE location_id = ? AND deleted_at IS NULL ORDER BY code, name',
    location,
  );

export function suggestPanel(db: ReadDb, location: string): { code: string; name: string } {
  const here = panelsIn(db, location);
  const name = db.value<string>('SELECT name FROM locations WHERE id = ?', location) ?? '';
  return { code: here[0]?.code ?? placeCode(name), name: nextPanelName(here.map((panel) => panel.name)) };
}

/** What a panel is called must read as the start of a label, once in the whole unit. */
function checked<T extends PatchOf<typeof panels>>(tx: WriteDb, values: T, before: Panel | null): T {
  const [code, name] = [plainLabel(values.code ?? before?.code ?? ''), plainLabel(values.name ?? before?.name ?? '')];
  if (!PLACE_CODE.test(code)) throw refuse('panel_code', { code });
  if (!PANEL_NAME.test(name)) throw refuse('panel_name', { name });
  const twin = tx.get(
    'SELECT 1 FROM panels WHERE code = ? AND name = ? AND deleted_at IS NULL AND id IS NOT ?',
    code,
    name,
    before?.id ?? null,
  );
  if (twin) throw refuse('panel_exists', { name: `${code}-${name}` });
  return { ...values, code, name };
}
export const createPanel = (tx: WriteDb, draft: DraftOf<typeof panels>): Panel =>
  tx.insert(panels, checked(tx, draft, null));
export function updatePanel(tx: WriteDb, t: Translate, id: string, changes: PatchOf<typeof panels>): Panel {
  const panel = tx.need(panels, id);
  if (changes.ports !== undefined) {
    const used = cablesOnPanel(tx, id).flatMap((cable) =>
      endNames.flatMap((name) => {
        const end = endOf(cable, name);
        return end?.kind === 'panel' && end.id === id && end.position > (changes.ports ?? 0) ? [cable] : [];
      }),
    );
    if (used[0]) throw refuse('panel_shrinks', { cable: cableName(used[0], t), ports: changes.ports });
  }
  return tx.patch(panels, id, checked(tx, changes, panel));
}
export function removePanel(tx: WriteDb, t: Translate, id: string): void {
  const panel = tx.need(panels, id);
  const [cable] = cablesOnPanel(tx, id);
  if (cable) throw refuse('port_cabled', { name: `${panel.code}-${panel.name}`, cable: cableName(cable, t) });
  tx.remove(panels, id);
}

const cablesOnPanel = (db: ReadDb, id: string) =>
  db
    .all('SELECT * FROM cables WHERE (a_panel_id = ? OR b_panel_id = ?) AND deleted_at IS NULL ORDER BY id', id, id)
    .map((raw) => decode(cables, raw));

/** Every place of a panel, with what is on its two sides. */
export function placesOf(db: ReadDb, t: Translate, panel: Panel): PanelPlace[] {
  const held = new Map<string, PanelPlace['front']>();
  for (const cable of cablesOnPanel(db, panel.id))
    for (const name of endNames) {
      const end = endOf(cable, name);
      if (end?.kind !== 'panel' || end.id !== panel.id) continue;
      const far = farEnd(cable, end);
      held.set(`${end.side} ${end.position}`, {
        cable: cable.id,
        label: cable.label,
        far: far ? endText(db, t, far) : null,
        ok: cable.fix !== 'to_replace',
      });
    }
  return Array.from({ length: panel.ports }, (_, index) => ({
    position: index + 1,
    front: held.get(`front ${index + 1}`) ?? null,
    rear: held.get(`rear ${index + 1}`) ?? null,
  }));
}

export function panelLines(db: ReadDb): PanelLine[] {
  const counted = db.all<{ panel: string; side: string; n: number }>(
    `SELECT panel, side, count(*) AS n FROM (
       SELECT a_panel_id AS panel, a_side AS side FROM cables WHERE a_panel_id IS NOT NULL AND deleted_at IS NULL
       UNION ALL SELECT b_panel_id, b_side FROM cables WHERE b_panel_id IS NOT NULL AND deleted_at IS NULL)
     GROUP BY panel, side`,
  );
  const used = new Map(counted.map(({ panel, side, n }) => [`${side} ${panel}`, n]));
  const place = placeTexts(db);
  return db
    .all('SELECT * FROM panels WHERE deleted_at IS NULL ORDER BY code, name')
    .map((raw) => decode(panels, raw))
    .map((panel) => ({
      panel,
      place: place(panel.location_id),
      rear: used.get(`rear ${panel.id}`) ?? 0,
      front: used.get(`front ${panel.id}`) ?? 0,
    }));
}
