/** Submission packs: every part frozen under its own number, then all of them behind a list of what is in it, as one paper. */
import { documents } from '../../../shared/features/documents.ts';
import type { packForms } from '../../../shared/features/packs.ts';
import { receipts, reports } from '../../../shared/features/reports.ts';
import { paper, type Paper, type PaperBlock } from '../../../shared/paper.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import type { FileEvent } from '../../../shared/features/transfer.ts';
import type { ReadDb } from '../db.ts';
import { papersOf, thaw, type DocumentRow } from '../documents.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { iterateRecords, idsOf } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { findRow, readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { writeSheets, type SheetSource } from '../sheets/client.ts';
import { refText } from '../titles.ts';
import { freezeAddressTable, printableSubnets } from './address-table/paper.ts';
import { deskOf, heading, paperDay, paperOf, printPaper, signatures, type Desk } from './papers/desk.ts';
import { freezeReport } from './reports.ts';
import { receiptOf, writeReceipt } from './reports/receipts.ts';
import { draftPaper, freezeTopology } from './topology/paper.ts';
import { fileOf } from './transfer/file.ts';

const FORM = 'BS';
type Form = (typeof packForms)[number];

/** The code of the refusal that keeps the part from being made; null when it can be. */
function obstacle(make: () => unknown): string | null {
  try {
    make();
    return null;
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
}

function missingOf(engine: Engine): { form: Form; code: string }[] {
  const topology = obstacle(() => draftPaper(engine));
  return [
    ...(printableSubnets(engine.db).length === 0 ? [{ form: 'F-02' as const, code: 'no_subnets' }] : []),
    ...(topology === null ? [] : [{ form: 'F-07' as const, code: topology }]),
  ];
}

interface Wanted {
  readonly subnets?: readonly string[] | undefined;
  readonly topology: boolean;
  readonly report_id?: string | null | undefined;
}

/** Inside a command. Refuses a pack with nothing in it. */
function makePack(tx: WriteDb, engine: Engine, { subnets, topology, report_id }: Wanted): DocumentRow {
  const parts: DocumentRow[] = [];
  const missing: { form: Form; code: string }[] = [];
  const take = (form: Form, make: () => DocumentRow): void => {
    const step = tx.attempt(make);
    if (step.refusal) missing.push({ form, code: step.refusal.code });
    else parts.push(step.value);
  };
  const nets = subnets ?? printableSubnets(tx);
  if (subnets === undefined || subnets.length > 0) take('F-02', () => freezeAddressTable(tx, engine, nets));
  if (topology) take('F-07', () => freezeTopology(tx, engine).document);
  if (report_id) take('F-11', () => freezeReport(tx, engine, report_id));
  if (parts.length === 0) throw refuse('pack_empty');
  const desk = deskOf(engine);
  const number = nextNumber(tx, FORM, engine.machine(), engine.today());
  return printPaper(tx, engine, {
    form: FORM,
    code: FORM,
    title: `${desk.t('form.BS')} ${engine.today()}`,
    number,
    paper: packPaper(desk, tx, { number, today: engine.today(), parts, missing }),
  });
}

interface Contents {
  readonly number: string;
  readonly today: string;
  readonly parts: readonly DocumentRow[];
  readonly missing: readonly { readonly form: Form; readonly code: string }[];
}
function packPaper(desk: Desk, db: ReadDb, { number, today, parts, missing }: Contents): Paper {
  const { t } = desk;
  const papers = parts.map((part) => paper.parse(thaw(db, part.id)));
  const rows = parts.map((part, i) => [
    String(i + 1),
    part.form,
    part.title,
    part.number,
    String(versionOf(db, part)),
    part.sha256.replace(/.{16}(?=.)/g, '$& '),
  ]);
  const lost = missing.map(({ form, code }, i) => [
    String(parts.length + i + 1),
    form,
    t(`form.${form}`),
    t('packs.missing'),
    '',
    t(`refusal.${code}` as Parameters<typeof t>[0], {}),
  ]);
  return paperOf(desk, FORM, {
    number,
    sections: [
      {
        page: 'portrait',
        title: heading(desk, FORM),
        under: [`${t('paper.unit')}${desk.unit}`, paperDay(desk, today), `${t('paper.number')}${number}`],
        blocks: [
          {
            kind: 'table',
            title: t('packs.manifest'),
            columns: [
              { label: t('paper.serial'), width: 10, align: 'center' },
              { label: t('packs.form'), width: 14 },
              { label: t('packs.name') },
              { label: t('packs.number'), width: 36, mono: true },
              { label: t('packs.version'), width: 17, align: 'center' },
              { label: 'SHA-256', width: 44 },
            ],
            groups: [{ rows: [...rows, ...lost] }],
          },
          { kind: 'signatures', people: signatures(desk, 'made', 'reviewed', 'centre_receipt'), seal: t('paper.seal') },
        ],
      },
      ...papers.flatMap(({ sections }) => sections),
    ],
    foot: { copies: t('packs.copies') },
  });
}

/** The oldest paper under a number is version 1. */
const versionOf = (db: ReadDb, { id, number, form }: DocumentRow): number => {
  const all = papersOf(db, number).filter((each) => each.form === form && each.kind === 'print');
  return all.length - all.findIndex((each) => each.id === id);
};

/** The tables of a pack, a sheet each, as text. */
async function* packSheets(content: Paper): AsyncGenerator<SheetSource> {
  for (const section of content.sections) {
    const facts = section.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
    for (const block of section.blocks) {
      if (block.kind !== 'table') continue;
      yield await Promise.resolve(sheetOf(section.title, block, facts));
    }
  }
}
type Facts = Extract<PaperBlock, { kind: 'facts' }>['facts'];
function sheetOf(title: string, block: Extract<PaperBlock, { kind: 'table' }>, facts: Facts): SheetSource {
  const rows = block.groups.flatMap(({ title: group, rows: own }) => [...(group ? [[group]] : []), ...own]);
  const name = (block.title ?? facts[0]?.value ?? '') || title;
  return {
    spec: {
      name,
      titles: [title, facts.map(({ label, value }) => `${label}：${value}`).join('　　')],
      columns: block.columns.map(({ label, width }) => ({
        header: label,
        width: Math.max(8, Math.round((width ?? 40) / 2)),
        kind: 'text',
      })),
      landscape: true,
    },
    rows: [rows.map((cells) => ({ cells }))],
  };
}

async function* packFile(engine: Engine, id: string, signal?: AbortSignal): AsyncGenerator<FileEvent> {
  const document = readRow(engine.db, documents, id);
  const content = paper.safeParse(thaw(engine.db, id));
  if (!content.success) throw refuse('document_not_paper', { number: document.number });
  const job = { total: 1, done: 0, rows: 0, marks: null, position: null };
  const name = `${document.number}-${document.title}.xlsx`;
  yield* fileOf(name, writeSheets(engine.ports, packSheets(content.data), signal), job);
}

const packs = (db: ReadDb): DocumentRow[] =>
  idsOf(db, documents, {
    filter: [{ field: 'form', op: 'equals', value: FORM }],
    sort: [{ field: 'made_at', dir: 'desc' }],
  }).flatMap((id) => findRow(db, documents, id) ?? []);

export const packsRouter = os.packs.router({
  parts: os.packs.parts.handler(({ context: { engine } }) => ({
    subnets: printableSubnets(engine.db).map((id) => ({ id, title: refText(engine.db, 'subnets', id) })),
    reports: [...iterateRecords(engine.db, reports, { filter: [], sort: [{ field: 'month', dir: 'desc' }] })].map(
      ({ id, month, number }) => ({ id, month, number }),
    ),
    missing: missingOf(engine),
  })),
  list: os.packs.list.handler(({ context: { engine } }) =>
    packs(engine.db).map((document) => ({ document, receipt: receiptOf(engine.db, document.id) })),
  ),
  make: os.packs.make.handler(({ input: { receipt, ...wanted }, context: { engine } }) =>
    engine.command('packs.make', (tx) => {
      const document = makePack(tx, engine, wanted);
      writeReceipt(tx, document.id, receipt);
      return document;
    }),
  ),
  receive: os.packs.receive.handler(({ input, context: { engine } }) =>
    engine.command('packs.receive', (tx) => {
      if (tx.need(documents, input.id).form !== FORM) throw refuse('not_found');
      writeReceipt(tx, input.id, input.receipt);
      return tx.need(receipts, receiptOf(tx, input.id)?.id ?? '');
    }),
  ),
  file: os.packs.file.handler(({ input, context: { engine }, signal }) => packFile(engine, input.id, signal)),
});
