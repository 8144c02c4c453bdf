/** Switches of an office without an office: addresses of its network are agents on loopback. The rules of scope see the addresses. */
import type { Ports } from '../../main/engine/engine.ts';
import { createSnmpReader } from '../../main/engine/snmp/reader.ts';
import type { ReadOrder } from '../../main/engine/snmp/reading.ts';
import type { Agent } from './snmp-agent.ts';

/** `asked` gets every order that left the engine. An address without an agent is a host where nobody listens. */
export const officeSnmp =
  (agents: ReadonlyMap<string, Agent>, asked: ReadOrder[], nobody: Agent): Ports['snmp'] =>
  (spawn) => {
    const real = createSnmpReader(spawn);
    return {
      close: () => real.close(),
      read: async (order, signal) => {
        asked.push(order);
        const { port } = agents.get(order.ip) ?? nobody;
        const reading = await real.read({ ...order, ip: '127.0.0.1', port }, signal);
        return { ...reading, ip: order.ip };
      },
    };
  };
