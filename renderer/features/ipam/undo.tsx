/** A change that can be taken back: the notice stays for ten seconds with the way back in it. */
import { App, Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

const SECONDS = 10;

export interface Undoable {
  /** Tells what was done; `batch` is what `system.undo` takes back. */
  done: (sentence: string, batch: string) => void;
  /** Takes a batch back at once, and says so; a refusal is said too. Whether it was taken back. */
  undo: (batch: string) => Promise<boolean>;
}
export function useUndoable(): Undoable {
  const { message } = App.useApp();
  const say = useSay();
  const t = useText();
  return useMemo(() => {
    const undo = async (batch: string): Promise<boolean> => {
      message.destroy(batch);
      try {
        await client.system.undo({ batch });
        say.done(t('ipam.undone'));
        return true;
      } catch (error) {
        say.failed(error);
        return false;
      }
    };
    const notice = (sentence: string, batch: string): ReactNode => (
      <span className="undoable">
        {sentence}
        <Button size="small" onClick={() => void undo(batch)}>
          {t('common.undo')}
        </Button>
      </span>
    );
    return {
      undo,
      done: (sentence, batch) =>
        void message.open({ key: batch, type: 'success', content: notice(sentence, batch), duration: SECONDS }),
    };
  }, [message, say, t]);
}
