/** Addresses: subnets and bindings. */
import { bindings, subnets } from '../../../shared/features/ipam.ts';
import { historyOf } from '../history.ts';
import { listRecords } from '../list.ts';
import { os } from '../rpc.ts';

export const ipamRouter = os.ipam.router({
  listSubnets: os.ipam.listSubnets.handler(({ input, context }) => listRecords(context.engine.db, subnets, input)),
  createSubnet: os.ipam.createSubnet.handler(({ input, context }) =>
    context.engine.command('ipam.createSubnet', (tx) => tx.insert(subnets, input)),
  ),
  list: os.ipam.list.handler(({ input, context }) => listRecords(context.engine.db, bindings, input)),
  history: os.ipam.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
