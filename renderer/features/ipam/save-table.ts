/** Saves the address table of some subnets as a workbook; of all of them when none is named. */
import { client } from '../../rpc.ts';
import { saveFile } from '../../ui/files.ts';
import { useSay } from '../../ui/say.ts';
import { fetchFile, XLSX } from '../transfer/pieces.ts';

export function useSaveTable(): (subnetIds: string[]) => Promise<void> {
  const say = useSay();
  return async (subnet_ids) => {
    try {
      const { content, file } = await fetchFile(await client.addressing.sheet({ subnet_ids }), () => undefined);
      saveFile(file.name, content, XLSX);
    } catch (error) {
      say.failed(error);
    }
  };
}
