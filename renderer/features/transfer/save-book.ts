/** Saves a workbook that the engine makes; what is refused is said. */
import type { FileEvent } from '../../../shared/features/transfer.ts';
import { saveFile } from '../../ui/files.ts';
import { useSay } from '../../ui/say.ts';
import { fetchFile, XLSX } from './pieces.ts';

export function useSaveBook(): (asked: () => Promise<AsyncIterable<FileEvent>>) => Promise<void> {
  const say = useSay();
  return async (asked) => {
    try {
      const { content, file } = await fetchFile(await asked(), () => undefined);
      saveFile(file.name, content, XLSX);
    } catch (error) {
      say.failed(error);
    }
  };
}
