/** Annexes of the checklist that other features draw: ports by switch (F-05), cable labels by closet (F-06), topology (F-07). */
import type { PaperSection } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { pathIn } from '../../titles.ts';
import { cablesIn, lineOf } from '../cabling/cables.ts';
import { labelSections } from '../cabling/label-paper.ts';
import { portSections } from '../cabling/port-paper.ts';
import { faceOf } from '../cabling/ports.ts';
import { paperDay, type Desk } from '../papers/desk.ts';
import { topologyOf } from '../topology/map.ts';
import { topologyPaper } from '../topology/paper.ts';
import type { Area } from './area.ts';

interface Wanted {
  readonly handover: { readonly number: string; readonly giver: string };
  /** Tells the age of tests. */
  readonly today: string;
  readonly onPaper: (form: string) => boolean;
}
/** A page for each switch with ports on record, and for each closet with cables. */
export function cablingAnnexes(
  desk: Desk,
  db: ReadDb,
  area: Area,
  { handover: { number, giver }, today, onPaper }: Wanted,
): PaperSection[] {
  const { t } = desk;
  const named = (title: string, sections: PaperSection[]): PaperSection[] =>
    sections.map((section) => ({ ...section, title }));
  const ports = area.equipment
    .filter(({ id }) => onPaper('F-05') && area.ports.has(id))
    .map(({ id, tag, name, location_id }) => ({
      head: { title: [tag, name].filter(Boolean).join(' '), place: pathIn(area.places, location_id) },
      ports: faceOf(db, t, id, today),
    }));
  const labels = (onPaper('F-06') ? area.closets : []).map(({ id }) => ({
    place: pathIn(area.places, id),
    lines: cablesIn(db, id).map((cable) => lineOf(db, t, cable)),
  }));
  return [
    ...named(t('paper.f25.annex4'), portSections(desk, ports, number)),
    ...named(t('paper.f25.annex5'), labelSections(desk, db, labels, number)),
    ...(onPaper('F-07')
      ? topology(desk, db, area, { number, version: '', date: paperDay(desk, today), drawn: giver })
      : []),
  ];
}

/** The devices of the area with all they are joined to; nothing where no link is known. */
function topology(desk: Desk, db: ReadDb, area: Area, title: Parameters<typeof topologyPaper>[2]): PaperSection[] {
  const own = new Set(area.equipment.map(({ id }) => id));
  const { nodes, links } = topologyOf(db);
  const near = links.filter(({ a, b }) => own.has(a) || own.has(b));
  if (near.length === 0) return [];
  const ends = new Set(near.flatMap(({ a, b }) => [a, b]));
  const map = { nodes: nodes.filter(({ id }) => ends.has(id)), links: near };
  const [drawing, ...tables] = topologyPaper(desk, map, title).sections;
  return drawing ? [{ ...drawing, title: desk.t('paper.f25.annex6') }, ...tables] : [];
}
