/** Fills in the next tag of the series that is in use, of the block this laptop took along. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

interface NextTagProps {
  readonly tag: unknown;
  readonly onTag: (tag: string) => void;
}

export function NextTag({ tag, onTag }: NextTagProps): ReactNode {
  const t = useText();
  const say = useSay();
  const fill = async (): Promise<void> => {
    try {
      const next = await client.leases.nextTag(typeof tag === 'string' && tag !== '' ? { like: tag } : {});
      if (next) onTag(next.tag);
      else say.done(t('leases.noSeries'));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <p className="field-hint">
      <Button size="small" onClick={() => void fill()}>
        {t('leases.nextTag')}
      </Button>
    </p>
  );
}
