/** Form F-07: the drawing and its table of links, frozen together with what they were made from, so that revisions can be compared. */
import { z } from 'zod';
import { documents } from '../../../../shared/features/documents.ts';
import { topologyMap, type TopologyMap, type TopologyRevision } from '../../../../shared/features/topology.ts';
import { speedText } from '../../../../shared/features/topology/lines.ts';
import type { Paper, PaperBlock } from '../../../../shared/paper.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { freeze, thaw, type DocumentRow } from '../../documents.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { nextNumber } from '../../numbers.ts';
import { deskOf, heading, paperDay, paperMoment, paperOf, signatures, type Desk } from '../papers/desk.ts';
import { emptyRows } from '../papers/lists.ts';
import { sheetFor, topologyDrawing, type TitleBlock } from './drawing.ts';
import { topologyOf } from './map.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;
/** Rows to write in on a blank table of links. */
const ROWS = 14;
const FORM = 'F-07';

function linkTable(desk: Desk, map: TopologyMap): Table {
  const { t } = desk;
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const rows = map.links.map((link, index) => [
    String(index + 1),
    names.get(link.a) ?? '',
    link.a_port ?? '',
    names.get(link.b) ?? '',
    link.b_port ?? '',
    link.medium === null ? '' : t(`option.cables.medium.${link.medium}`),
    speedText(link.speed_mbps),
    link.label ?? '',
    t(link.bridge ? 'common.no' : 'common.yes'),
    [
      link.up === false ? t('topology.down') : '',
      link.conflict === null
        ? ''
        : t(link.proofs.includes('lldp') ? 'topology.conflict' : 'topology.conflict_lldp', { other: link.conflict }),
    ]
      .filter(Boolean)
      .join('；'),
  ]);
  return {
    kind: 'table',
    columns: [
      { label: t('paper.serial'), width: 10, align: 'center' },
      { label: t('paper.f07.from') },
      { label: t('paper.f07.from_port'), width: 45, mono: true },
      { label: t('paper.f07.to') },
      { label: t('paper.f07.to_port'), width: 45, mono: true },
      { label: t('topology.medium'), width: 20, align: 'center' },
      { label: t('topology.speed'), width: 14, align: 'center' },
      { label: t('topology.cable'), width: 26, mono: true },
      { label: t('topology.redundant'), width: 17, align: 'center' },
      { label: t('field.cables.remark'), width: 24 },
    ],
    groups: [{ rows }],
    empty: t('paper.f07.none'),
    signatures: signatures(desk, 'draughtsman', 'reviewed'),
  };
}

const nothing: TopologyMap = { nodes: [], links: [] };

/** The paper of a map. Without a title block it is an empty form. */
export function topologyPaper(desk: Desk, map: TopologyMap, title: TitleBlock | null): Paper {
  const { t } = desk;
  const sheet = title === null ? 'landscape' : sheetFor(map);
  const drawing = topologyDrawing(desk, map, sheet, title ?? { number: '', version: '', date: '', drawn: '' });
  const table = linkTable(desk, map);
  const number = title?.number ?? '';
  return paperOf(desk, FORM, {
    number,
    sections: [
      { page: sheet, title: heading(desk, FORM), blocks: [drawing] },
      {
        page: 'landscape',
        title: t('paper.f07.links'),
        under: [`${t('paper.unit')}${desk.unit}`, '', `${t('paper.number')}${number}`],
        blocks: [title === null ? emptyRows(table, ROWS) : table],
      },
    ],
  });
}
export const blankTopology = (desk: Desk): Paper => topologyPaper(desk, nothing, null);
/** As it is now, without a number: for the file of the drawing. */
export function draftPaper(engine: Engine): Paper {
  const desk = deskOf(engine);
  const date = paperDay(desk, engine.today());
  return topologyPaper(desk, drawable(engine.db), {
    number: '',
    version: '',
    date,
    drawn: engine.setup?.technician ?? '',
  });
}

/** A drawing without devices or links says nothing: refused. */
function drawable(db: ReadDb): TopologyMap {
  const map = topologyOf(db);
  if (map.links.length === 0) throw refuse('topology_empty');
  return map;
}

const frozen = z.object({ topology: topologyMap });
export const frozenMap = (db: ReadDb, id: string): TopologyMap => {
  const read = frozen.safeParse(thaw(db, id));
  if (!read.success) throw refuse('document_damaged');
  return read.data.topology;
};

interface Stored {
  readonly id: string;
  readonly number: string;
  readonly made_at: number;
  readonly author: string;
}
const stored = (db: ReadDb): Stored[] =>
  db.all(
    `SELECT id, number, made_at, author FROM documents WHERE form = '${FORM}' AND kind = 'print' AND deleted_at IS NULL ORDER BY made_at, id`,
  );

/** Newest first; versions are counted within a number. */
export function revisionsOf(db: ReadDb): TopologyRevision[] {
  const all = stored(db);
  return all.map((_, at) => revisionAt(db, all, at)).toReversed();
}
/** The newest alone: each one is a whole map to unpack. */
export function lastRevision(db: ReadDb): TopologyRevision | null {
  const all = stored(db);
  return all.length === 0 ? null : revisionAt(db, all, all.length - 1);
}
function revisionAt(db: ReadDb, all: readonly Stored[], at: number): TopologyRevision {
  const { id, number, made_at, author } = all[at] as Stored;
  const version = all.slice(0, at + 1).filter((each) => each.number === number).length;
  const read = frozen.safeParse(thawed(db, id));
  const { nodes, links } = read.success ? read.data.topology : nothing;
  return { id, number, version, made_at, author, nodes: nodes.length, links: links.length };
}
/** Null: its pieces have not all come by sync yet. */
function thawed(db: ReadDb, id: string): unknown {
  try {
    return thaw(db, id);
  } catch {
    return null;
  }
}

export interface Frozen {
  readonly document: DocumentRow;
  readonly version: number;
  /** False: nothing changed since the last revision, which is given again. */
  readonly fresh: boolean;
}
/** The topology as a numbered paper, for whoever hands it in. Refuses `topology_empty` where nothing joins anything. */
export function freezeTopology(tx: WriteDb, engine: Engine): Frozen {
  const map = drawable(tx);
  const last = lastRevision(tx);
  if (
    last &&
    JSON.stringify(frozen.safeParse(thawed(tx, last.id)).data?.topology) === JSON.stringify(topologyMap.parse(map))
  )
    return { document: tx.need(documents, last.id), version: last.version, fresh: false };
  const desk = deskOf(engine);
  const version = last ? last.version + 1 : 1;
  const number = last?.number ?? nextNumber(tx, 'TP', engine.machine(), engine.today());
  const made = topologyPaper(desk, map, {
    number,
    version: desk.t('paper.f07.version_n', { n: version }),
    date: paperDay(desk, engine.today()),
    drawn: engine.setup?.technician ?? '',
  });
  const at = paperMoment(engine.clock.now());
  const content = { ...made, foot: { ...made.foot, made: desk.t('paper.made', { version, at }) }, topology: map };
  const document = freeze(tx, engine, {
    form: FORM,
    code: 'TP',
    title: desk.t('form.F-07'),
    kind: 'print',
    number,
    content,
  });
  return { document, version, fresh: true };
}
