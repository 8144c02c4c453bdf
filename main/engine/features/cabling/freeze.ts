/** F-05 and F-06 as frozen papers. The same scope keeps its number within a month; what changed since the last printing becomes its next version. */
import type { CableLine } from '../../../../shared/features/cabling/calls.ts';
import type { DocumentRow } from '../../documents.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { locationPath } from '../../titles.ts';
import { deskOf, numberThisMonth, printPaper, type Desk } from '../papers/desk.ts';
import { cablesIn, closetLines, lineOf } from './cables.ts';
import { labelPaper } from './label-paper.ts';
import { portPaper, type PortSheet } from './port-paper.ts';
import { faceOf, switchHead, switchLines } from './ports.ts';

/** Characters of the title of a document (shared/features/documents.ts). */
const TITLE = 200;

/** What is on the paper says which paper it is: one switch or closet by its name, all of them as such. */
const titleOf = ({ t }: Desk, form: 'F-05' | 'F-06', all: boolean, names: readonly string[]): string => {
  const name = t(`form.${form}`);
  return all
    ? t(`paper.${form === 'F-05' ? 'f05' : 'f06'}.all`, { name })
    : `${name} ${names.join('、')}`.slice(0, TITLE);
};

export interface FrozenPorts {
  readonly document: DocumentRow;
  readonly sheets: readonly PortSheet[];
}
/** The ports of these switches; of every switch that has ports when none is named. Inside a command. */
export function freezePorts(tx: WriteDb, engine: Engine, asked: readonly string[]): FrozenPorts {
  const desk = deskOf(engine);
  const all = asked.length === 0;
  const ids = all ? switchLines(tx).flatMap(({ id, ports }) => (ports > 0 ? [id] : [])) : asked;
  const sheets = ids.map((id) => ({ head: switchHead(tx, id), ports: faceOf(tx, desk.t, id, engine.today()) }));
  const names = sheets.map(({ head }) => [head.place, head.title].filter(Boolean).join(' '));
  const paper = { form: 'F-05', code: 'DK', title: titleOf(desk, 'F-05', all, names) };
  const number = numberThisMonth(tx, engine, paper);
  return { document: printPaper(tx, engine, { ...paper, number, paper: portPaper(desk, sheets, number) }), sheets };
}

interface ClosetSheet {
  readonly place: string;
  readonly lines: readonly CableLine[];
}
export interface FrozenLabels {
  readonly document: DocumentRow;
  readonly sheets: readonly ClosetSheet[];
}
const closetOf = (db: ReadDb, { t }: Desk, id: string): ClosetSheet => ({
  place: locationPath(db, id),
  lines: cablesIn(db, id).map((cable) => lineOf(db, t, cable)),
});
/** The cables of these closets with their labels; of every closet that has cables when none is named. Inside a command. */
export function freezeLabels(tx: WriteDb, engine: Engine, asked: readonly string[]): FrozenLabels {
  const desk = deskOf(engine);
  const all = asked.length === 0;
  const ids = all ? closetLines(tx).map(({ id }) => id) : asked;
  const sheets = ids.map((id) => closetOf(tx, desk, id));
  const names = sheets.map(({ place }) => place);
  const paper = { form: 'F-06', code: 'BQ', title: titleOf(desk, 'F-06', all, names) };
  const number = numberThisMonth(tx, engine, paper);
  return {
    document: printPaper(tx, engine, { ...paper, number, paper: labelPaper(desk, tx, sheets, number) }),
    sheets,
  };
}
