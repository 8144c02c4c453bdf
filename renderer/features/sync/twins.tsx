/** Assets whose tags are one but for the case of their letters: from a store of before, to be merged or given another tag. */
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { State } from '../../ui/state.tsx';
import { MergeDialog } from '../assets/merge-dialog.tsx';
import { Titled } from './facts.tsx';
import { WriteButton } from './write-button.tsx';

export function Twins(): ReactNode {
  const t = useText();
  const [merging, setMerging] = useState<readonly [string, string] | null>(null);
  const { data } = useQuery(rpc.assets.twins.queryOptions({ meta: { tables: ['assets'] } }));
  const close = (): void => setMerging(null);
  return (
    <>
      {(data ?? []).map(({ ids, tags }) => (
        <article key={ids.join(' ')} className="clash" aria-label={tags[0]}>
          <header className="clash-head">
            <State tone="warn">{t('assets.twins', { one: tags[0], other: tags[1] })}</State>
          </header>
          <p className="clash-note">
            <Titled table="assets" id={ids[0]} title={tags[0]} /> ·{' '}
            <Titled table="assets" id={ids[1]} title={tags[1]} />
          </p>
          <div className="clash-ways">
            <WriteButton type="primary" onClick={() => setMerging(ids)}>
              {t('assets.merge')}
            </WriteButton>
          </div>
        </article>
      ))}
      <MergeDialog ids={merging} onClose={close} onMerged={close} />
    </>
  );
}
