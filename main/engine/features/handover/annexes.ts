/** Annexes of the checklist that other features draw: ports by switch (F-05), cable labels by closet (F-06). */
import type { PaperSection } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { pathIn } from '../../titles.ts';
import { cablesIn, lineOf } from '../cabling/cables.ts';
import { labelSections } from '../cabling/label-paper.ts';
import { portSections } from '../cabling/port-paper.ts';
import { faceOf } from '../cabling/ports.ts';
import type { Desk } from '../papers/desk.ts';
import type { Area } from './area.ts';

/** A page for each switch with ports on record, and for each closet with cables. `today` in local time tells the age of tests. */
export function cablingAnnexes(desk: Desk, db: ReadDb, area: Area, number: string, today: string): PaperSection[] {
  const { t } = desk;
  const named = (title: string, sections: PaperSection[]): PaperSection[] =>
    sections.map((section) => ({ ...section, title }));
  const ports = area.equipment
    .filter(({ id }) => area.ports.has(id))
    .map(({ id, tag, name, location_id }) => ({
      head: { title: [tag, name].filter(Boolean).join(' '), place: pathIn(area.places, location_id) },
      ports: faceOf(db, t, id, today),
    }));
  const labels = area.closets.map(({ id }) => ({
    place: pathIn(area.places, id),
    lines: cablesIn(db, id).map((cable) => lineOf(db, t, cable)),
  }));
  return [
    ...named(t('paper.f25.annex4'), portSections(desk, ports, number)),
    ...named(t('paper.f25.annex5'), labelSections(desk, db, labels, number)),
  ];
}
