/** Saves the address table of some subnets as a workbook; of all of them when none is named. */
import { client } from '../../rpc.ts';
import { useSaveBook } from '../transfer/save-book.ts';

export function useSaveTable(): (subnetIds: string[]) => Promise<void> {
  const save = useSaveBook();
  return (subnet_ids) => save(() => client.addressing.sheet({ subnet_ids }));
}
