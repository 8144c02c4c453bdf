/** The calls that settle findings, and those that set the rules a sweep is judged by. */
import { namingRules } from '../../../../shared/features/discovery/naming.ts';
import { refsOf } from '../../list.ts';
import { os } from '../../rpc.ts';
import { accept, preview } from './accept.ts';
import { deskOf, openTicket } from '../tickets.ts';
import { addAsset } from './settle.ts';
import { createRule, rulesOf, setSilentAfter, silentAfter, updateRule } from './naming.ts';

export const findingsRouter = {
  preview: os.discovery.preview.handler(({ input, context: { engine } }) => preview(engine, input)),
  accept: os.discovery.accept.handler(({ input, context: { engine } }) => accept(engine, input)),
  register: os.discovery.register.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('discovery.register', (tx) => addAsset(tx, input));
    return { ...result, batch };
  }),
  report: os.discovery.report.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('discovery.report', (tx) => openTicket(tx, input, deskOf(engine)));
    return { ...result, batch };
  }),
  namingRules: os.discovery.namingRules.handler(({ context: { engine } }) => {
    const rules = rulesOf(engine.db);
    return { rules, refs: refsOf(engine.db, namingRules, rules) };
  }),
  createNamingRule: os.discovery.createNamingRule.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('discovery.createNamingRule', (tx) => createRule(tx, input));
    return { ...result, batch };
  }),
  updateNamingRule: os.discovery.updateNamingRule.handler(({ input, context: { engine } }) => {
    const change = engine.commit('discovery.updateNamingRule', (tx) => updateRule(tx, input.id, input.changes));
    return { ...change.result, batch: change.batch };
  }),
  removeNamingRule: os.discovery.removeNamingRule.handler(({ input, context: { engine } }) => ({
    batch: engine.commit('discovery.removeNamingRule', (tx) => tx.remove(namingRules, input.id)).batch,
  })),
  silence: os.discovery.silence.handler(({ context: { engine } }) => ({ after: silentAfter(engine.db) })),
  setSilence: os.discovery.setSilence.handler(({ input, context: { engine } }) => {
    setSilentAfter(engine.db, input.after);
    engine.changed(['_sweeps']);
    return input;
  }),
};
