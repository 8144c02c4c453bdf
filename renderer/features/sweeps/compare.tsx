/** Two sweeps beside each other: what appeared, went, moved or changed at the addresses that both of them asked. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import {
  changeKinds,
  type ChangeKind,
  type StoredSweepSummary,
  type SweepDifference,
} from '../../../shared/features/discovery/history.ts';
import { changeCells, changeHeads, changeHolds } from '../../../shared/features/discovery/say-change.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { saveFile } from '../../ui/files.ts';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { tsv } from '../../ui/table/tsv.ts';
import { Moment } from '../../ui/text.tsx';
import { fetchFile, XLSX } from '../transfer/pieces.ts';
import { ChangeList } from './change-list.tsx';
import { scopeText, toneOfChange } from './words.ts';

export function CompareView({ before, after }: { before: string; after: string }): ReactNode {
  const t = useText();
  const answer = useQuery(
    rpc.discovery.history.compare.queryOptions({ input: { before, after }, meta: { tables: ['_sweeps'] } }),
  );
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('sweeps')}>{t('sweeps.back')}</Button>
          <Button onClick={() => go(`sweeps/${after}/${before}`)}>{t('sweeps.swap')}</Button>
        </>
      }
    >
      {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Loading /> : null}
      {answer.data ? <Compared difference={answer.data} /> : null}
    </Page>
  );
}

function Compared({ difference }: { difference: SweepDifference }): ReactNode {
  const t = useText();
  const say = useSay();
  const [only, setOnly] = useState<ChangeKind | null>(null);
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed);
  const [saving, setSaving] = useState(false);
  const { before, after, counts, common, incomparable, changes } = difference;
  const shown = useMemo(
    () => changes.filter((change) => (only === null || change.kind === only) && changeHolds(change, wanted)),
    [changes, only, wanted],
  );
  const nothing = common === 0 && changes.length === 0 && counts.unchanged === 0;
  const seconds = showMoment(before.started_at) === showMoment(after.started_at);
  const beside = incomparable.before + incomparable.after;
  const copy = async (): Promise<void> => {
    const rows = shown.map((change) => changeCells(change, t));
    const heads = changeHeads.map((key) => t(key));
    try {
      await navigator.clipboard.writeText(tsv([heads, ...rows]));
      say.done(t('sweeps.copied', { count: rows.length }));
    } catch (error) {
      say.failed(error);
    }
  };
  const save = async (): Promise<void> => {
    setSaving(true);
    try {
      const order = { before: before.id, after: after.id, text: typed, ...(only === null ? {} : { only }) };
      const { content, file } = await fetchFile(await client.discovery.history.sheet(order), () => undefined);
      saveFile(file.name, content, XLSX);
    } catch (error) {
      say.failed(error);
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="compare">
      <div className="compare-sides">
        <Side title={t('sweeps.before')} sweep={before} seconds={seconds} />
        <span className="compare-arrow" aria-hidden="true">
          →
        </span>
        <Side title={t('sweeps.after')} sweep={after} seconds={seconds} />
      </div>
      <p className="compare-note">
        {t('sweeps.common', { count: common })}
        {beside > 0 ? ` ${t('sweeps.incomparable', { count: beside })}` : ''}
        {before.ending === 'finished' && after.ending === 'finished' ? '' : ` ${t('sweeps.partial')}`}
      </p>
      {nothing ? (
        <Alert className="page-alert" type="warning" showIcon title={t('sweeps.nothing_common')} />
      ) : (
        <>
          <div className="compare-legend" role="group" aria-label={t('sweeps.change')}>
            {changeKinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className="sweep-chip"
                aria-pressed={only === kind}
                disabled={counts[kind] === 0}
                onClick={() => setOnly(only === kind ? null : kind)}
              >
                <State tone={toneOfChange[kind]}>{t(`sweeps.kind.${kind}`)}</State> <b>{counts[kind]}</b>
              </button>
            ))}
            <span className="compare-same">
              {t('sweeps.unchanged')} <b>{counts.unchanged.toLocaleString()}</b>
            </span>
          </div>
          <div className="compare-tools no-print">
            <Input
              className="grid-search"
              allowClear
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              placeholder={t('sweeps.filter')}
              aria-label={t('sweeps.filter')}
            />
            <span className="grid-space" />
            <Button disabled={shown.length === 0} onClick={() => void copy()}>
              {t('sweeps.copy')}
            </Button>
            <Button disabled={shown.length === 0} loading={saving} onClick={() => void save()}>
              {t('sweeps.export')}
            </Button>
            <Button disabled={shown.length === 0} onClick={() => window.print()}>
              {t('sweeps.print')}
            </Button>
          </div>
          {changes.length === 0 ? <Empty title={t('sweeps.same')} /> : null}
          {changes.length > 0 && shown.length === 0 ? <Empty title={t('sweeps.none_shown')} /> : null}
          {shown.length > 0 ? <ChangeList changes={shown} /> : null}
        </>
      )}
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly sweep: StoredSweepSummary;
  readonly seconds: boolean;
}
function Side({ title, sweep, seconds }: SideProps): ReactNode {
  const t = useText();
  return (
    <section className="compare-side">
      <h3>{title}</h3>
      <p>
        <a className="mono" href={to('discovery', sweep.id)}>
          <Moment at={sweep.started_at} seconds={seconds} />
        </a>{' '}
        {t(`sweeps.source.${sweep.source}`)}
        {sweep.label === null ? '' : ` · ${sweep.label}`}
      </p>
      <p className="compare-scope">
        <span className="mono">{scopeText(sweep, t)}</span> · {t('discovery.found', { count: sweep.found })}
        {sweep.ending === 'finished' ? '' : ` · ${t(`discovery.ending.${sweep.ending}`)}`}
      </p>
    </section>
  );
}
