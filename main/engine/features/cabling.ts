/** Cabling: ports, outlets, panels, cables with their labels, traces, and the forms F-05 and F-06. */
import { cables, outlets, panels, switchPorts } from '../../../shared/features/cabling.ts';
import { refuse } from '../../../shared/refusal.ts';
import { translator } from '../../../shared/translate.ts';
import type { Translate } from '../../../shared/refusal-text.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { listRecords } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { locationPath } from '../titles.ts';
import { breachesOf } from './cabling/breaches.ts';
import { cablesIn, closetLines, createCable, giveVerdict, lineOf, updateCable } from './cabling/cables.ts';
import { freezeLabels, freezePorts } from './cabling/freeze.ts';
import { labelSheet } from './cabling/label-sheet.ts';
import { planMap, writeMap } from './cabling/map.ts';
import {
  createOutlet,
  createPanel,
  makeOutlets,
  panelLines,
  placesOf,
  removeOutlet,
  removePanel,
  suggestPanel,
  updateOutlet,
  updatePanel,
} from './cabling/panels.ts';
import { faceOf, makePorts, removePort, switchHead, switchLines, testPorts, updatePort } from './cabling/ports.ts';
import { startsFor } from './cabling/starts.ts';
import { tracesOf } from './cabling/trace.ts';
import { labelBook, portBook } from './cabling/workbook.ts';
import { deskOf, printPaper } from './papers/desk.ts';

const words = (engine: Engine): Translate => translator(engine.setup?.language ?? 'zh-CN');
const technician = (engine: Engine): string => engine.setup?.technician ?? '';

/** A command that says how many rows it changed, and the batch that takes it back. */
function batched(
  engine: Engine,
  name: string,
  write: (tx: WriteDb) => number | void,
): { changed: number; batch: string } {
  const { result, batch } = engine.commit(name, (tx) => write(tx) ?? 1);
  return { changed: result, batch };
}

export const cablingRouter = os.cabling.router({
  switches: os.cabling.switches.handler(({ context: { engine } }) => switchLines(engine.db)),
  faceplate: os.cabling.faceplate.handler(({ input: { asset_id }, context: { engine } }) => ({
    switch: switchHead(engine.db, asset_id),
    ports: faceOf(engine.db, words(engine), asset_id, engine.today()),
  })),
  makePorts: os.cabling.makePorts.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.makePorts', (tx) => makePorts(tx, input)),
  ),
  updatePort: os.cabling.updatePort.handler(({ input, context: { engine } }) =>
    engine.command('cabling.updatePort', (tx) => updatePort(tx, input.id, input.changes)),
  ),
  removePort: os.cabling.removePort.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.removePort', (tx) => removePort(tx, words(engine), input.id)),
  ),
  testPorts: os.cabling.testPorts.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.testPorts', (tx) => testPorts(tx, input, engine.today(), technician(engine))),
  ),
  portHistory: os.cabling.portHistory.handler(({ input, context: { engine } }) => {
    readRow(engine.db, switchPorts, input.id);
    return historyOf(engine.db, input.id);
  }),

  listOutlets: os.cabling.listOutlets.handler(({ input, context: { engine } }) =>
    listRecords(engine.db, outlets, input),
  ),
  getOutlet: os.cabling.getOutlet.handler(({ input, context: { engine } }) => {
    const outlet = readRow(engine.db, outlets, input.id);
    return { outlet, place: locationPath(engine.db, outlet.location_id) };
  }),
  createOutlet: os.cabling.createOutlet.handler(({ input, context: { engine } }) =>
    engine.command('cabling.createOutlet', (tx) => createOutlet(tx, input)),
  ),
  updateOutlet: os.cabling.updateOutlet.handler(({ input, context: { engine } }) =>
    engine.command('cabling.updateOutlet', (tx) => updateOutlet(tx, input.id, input.changes)),
  ),
  removeOutlet: os.cabling.removeOutlet.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.removeOutlet', (tx) => removeOutlet(tx, words(engine), input.id)),
  ),
  makeOutlets: os.cabling.makeOutlets.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.makeOutlets', (tx) => makeOutlets(tx, input)),
  ),

  panels: os.cabling.panels.handler(({ context: { engine } }) => panelLines(engine.db)),
  panel: os.cabling.panel.handler(({ input, context: { engine } }) => {
    const panel = readRow(engine.db, panels, input.id);
    return {
      panel,
      place: locationPath(engine.db, panel.location_id),
      places: placesOf(engine.db, words(engine), panel),
    };
  }),
  suggestPanel: os.cabling.suggestPanel.handler(({ input, context: { engine } }) =>
    suggestPanel(engine.db, input.location_id),
  ),
  createPanel: os.cabling.createPanel.handler(({ input, context: { engine } }) =>
    engine.command('cabling.createPanel', (tx) => createPanel(tx, input)),
  ),
  updatePanel: os.cabling.updatePanel.handler(({ input, context: { engine } }) =>
    engine.command('cabling.updatePanel', (tx) => updatePanel(tx, words(engine), input.id, input.changes)),
  ),
  removePanel: os.cabling.removePanel.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.removePanel', (tx) => removePanel(tx, words(engine), input.id)),
  ),
  map: os.cabling.map.handler(({ input: { dry, ...mapping }, context: { engine } }) => {
    if (dry) return { rows: planMap(engine.db, words(engine), mapping).map(({ row }) => row), batch: null };
    const { result, batch } = engine.commit('cabling.map', (tx) => writeMap(tx, words(engine), mapping));
    return { rows: result, batch };
  }),

  cables: os.cabling.cables.handler(({ input, context: { engine } }) =>
    cablesIn(engine.db, input.location_id).map((cable) => lineOf(engine.db, words(engine), cable)),
  ),
  getCable: os.cabling.getCable.handler(({ input, context: { engine } }) =>
    lineOf(engine.db, words(engine), readRow(engine.db, cables, input.id)),
  ),
  createCable: os.cabling.createCable.handler(({ input, context: { engine } }) =>
    engine.command('cabling.createCable', (tx) => createCable(tx, words(engine), input)),
  ),
  updateCable: os.cabling.updateCable.handler(({ input: { id, ...changed }, context: { engine } }) =>
    engine.command('cabling.updateCable', (tx) => updateCable(tx, words(engine), id, changed)),
  ),
  removeCable: os.cabling.removeCable.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.removeCable', (tx) => tx.remove(cables, input.id)),
  ),
  verdict: os.cabling.verdict.handler(({ input, context: { engine } }) =>
    batched(engine, 'cabling.verdict', (tx) => giveVerdict(tx, input, engine.today(), technician(engine))),
  ),
  breaches: os.cabling.breaches.handler(({ context: { engine } }) => breachesOf(engine.db, words(engine))),
  closets: os.cabling.closets.handler(({ context: { engine } }) => closetLines(engine.db)),

  trace: os.cabling.trace.handler(({ input, context: { engine } }) =>
    tracesOf(engine.db, words(engine), input.start, input.id),
  ),
  traceFrom: os.cabling.traceFrom.handler(({ input, context: { engine } }) => startsFor(engine.db, input.text)),

  printPorts: os.cabling.printPorts.handler(({ input, context: { engine } }) =>
    engine.command('cabling.printPorts', (tx) => freezePorts(tx, engine, input.asset_ids).document),
  ),
  portsBook: os.cabling.portsBook.handler(({ input, context: { engine }, signal }) =>
    portBook(
      engine,
      engine.command('cabling.printPorts', (tx) => freezePorts(tx, engine, input.asset_ids)),
      signal,
    ),
  ),
  printLabels: os.cabling.printLabels.handler(({ input, context: { engine } }) =>
    engine.command('cabling.printLabels', (tx) => freezeLabels(tx, engine, input.location_ids).document),
  ),
  labelsBook: os.cabling.labelsBook.handler(({ input, context: { engine }, signal }) =>
    labelBook(
      engine,
      engine.command('cabling.printLabels', (tx) => freezeLabels(tx, engine, input.location_ids)),
      signal,
    ),
  ),
  printSheet: os.cabling.printSheet.handler(({ input: { ids, ...how }, context: { engine } }) =>
    engine.command('cabling.printSheet', (tx) => {
      const desk = deskOf(engine);
      const labels = ids.flatMap((id) => {
        const { cable, a, b } = lineOf(tx, desk.t, tx.need(cables, id));
        return cable.label === null ? [] : [{ label: cable.label, here: a?.text ?? '', far: b?.text ?? '' }];
      });
      if (labels.length === 0) throw refuse('sheet_empty');
      const number = nextNumber(tx, 'XQ', engine.machine(), engine.today());
      return printPaper(tx, engine, {
        form: 'labels',
        code: 'XQ',
        title: desk.t('cabling.sheet.title'),
        number,
        paper: labelSheet(desk, number, labels, how),
      });
    }),
  ),
});
