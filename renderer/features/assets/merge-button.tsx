/** Two ticked assets are merged from the bar over the register. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { MergeDialog } from './merge-dialog.tsx';

export function MergeButton({ ids }: { ids: readonly string[] }): ReactNode {
  const t = useText();
  const [merging, setMerging] = useState<readonly [string, string] | null>(null);
  const [one, other] = ids;
  const two = one !== undefined && other !== undefined && ids.length === 2;
  return (
    <>
      <Button
        size="small"
        disabled={!two}
        title={two ? undefined : t('assets.mergePick')}
        onClick={() => (two ? setMerging([one, other]) : undefined)}
      >
        {t('assets.merge')}
      </Button>
      <MergeDialog
        ids={merging}
        onClose={() => setMerging(null)}
        onMerged={(kept) => {
          setMerging(null);
          go(`assets/${kept}`);
        }}
      />
    </>
  );
}
