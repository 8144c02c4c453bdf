/** Sync: how this notebook stands with the central store, the conflicts to settle, and the story of every sync. */
import { Button, Segmented, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { rejoinAfter, type SyncStatus } from '../../../shared/features/sync.ts';
import { keyOf, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { State } from '../../ui/state.tsx';
import { Moment } from '../../ui/text.tsx';
import { Conflicts } from './conflicts.tsx';
import { Access } from './access.tsx';
import { EnrolDialog } from './enrol.tsx';
import { SyncLog } from './log.tsx';
import { Rejections } from './rejections.tsx';
import { RoleFacts, RoleHint } from './role.tsx';
import { useSyncRun } from './run.ts';
import { Stick } from './stick.tsx';
import { useSyncNow, useSyncStatus } from './use-sync.ts';

const tabs = ['open', 'noted', 'resolved', 'log', 'stick'] as const;
type Tab = (typeof tabs)[number];

/** `sync/ID` comes from the record whose change waits, and leads to that card. */
export function SyncScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const status = useSyncStatus();
  const running = useSyncRun((state) => state.running);
  const syncNow = useSyncNow();
  const [tab, setTab] = useState<Tab>('open');
  const [joining, setJoining] = useState<'join' | 'move' | null>(null);
  if (!status) return <Loading />;
  const label = (each: Tab): string =>
    each === 'open' && status.conflicts > 0 ? `${t('sync.tab.open')} ${status.conflicts}` : t(`sync.tab.${each}`);
  return (
    <Page
      scroll
      actions={
        status.enrolled && status.address !== null ? (
          <Button type="primary" disabled={running !== null || status.running} onClick={syncNow}>
            {t('sync.now')}
          </Button>
        ) : null
      }
    >
      <div className="sync">
        {status.enrolled ? <Standing status={status} onJoin={setJoining} /> : null}
        <RunProgress status={status} />
        {status.enrolled ? (
          <>
            <Segmented<Tab>
              className="segmented"
              value={tab}
              onChange={setTab}
              options={tabs.map((each) => ({ value: each, label: label(each) }))}
            />
            {tab === 'log' ? (
              <SyncLog />
            ) : tab === 'stick' ? (
              <Stick status={status} />
            ) : (
              <Conflicts key={`${tab} ${rest[0] ?? ''}`} state={tab} focus={rest[0] ?? null} />
            )}
          </>
        ) : tab === 'stick' ? (
          <>
            <div>
              <Button onClick={() => setTab('open')}>{t('common.cancel')}</Button>
            </div>
            <Stick status={status} />
          </>
        ) : (
          <Empty title={t('sync.notJoined')} hint={t('sync.enrolHint')}>
            <Button type="primary" onClick={() => setJoining('join')}>
              {t('sync.enrol')}
            </Button>
            <Button onClick={() => setTab('stick')}>{t('sync.stick.join')}</Button>
          </Empty>
        )}
      </div>
      <EnrolDialog
        key={joining}
        open={joining !== null}
        moving={joining === 'move' ? (status.address ?? '') : undefined}
        known={joining === 'join' ? (status.address ?? undefined) : undefined}
        onClose={() => setJoining(null)}
      />
    </Page>
  );
}

/** Of a run that somebody started here, which can be stopped, or of one that began by itself. */
function RunProgress({ status }: { status: SyncStatus }): ReactNode {
  const t = useText();
  const { running, stop } = useSyncRun();
  const at = running ?? status.progress;
  return at ? (
    <Progress
      label={t(`sync.phase.${at.phase}`)}
      done={at.done}
      total={at.total}
      onCancel={running ? (stop ?? undefined) : undefined}
    />
  ) : null;
}

/** Codes that only say the store could not be reached. */
const LINE = new Set(['hub_unreachable', 'hub_not_hub']);

interface StandingProps {
  readonly status: SyncStatus;
  readonly onJoin: (how: 'join' | 'move') => void;
}
function Standing({ status, onJoin }: StandingProps): ReactNode {
  const t = useText();
  // A line that came back since has taken back what was said of it.
  const over = status.online === true && LINE.has(status.last_error ?? '');
  const failure = status.last_error === null || over ? null : keyOf(`refusal.${status.last_error}`);
  const online =
    status.address === null ? (
      <State tone="off">{t('sync.byStick')}</State>
    ) : status.online === null ? (
      <State tone="off">{t('sync.unknown')}</State>
    ) : status.online ? (
      <State tone="good">{t('sync.online')}</State>
    ) : (
      <State tone="off">{t('sync.offline')}</State>
    );
  return (
    <section className="sync-standing">
      <dl className="sync-facts">
        <div>
          <dt>{t('sync.store')}</dt>
          <dd className="sync-address">
            {status.address === null ? null : <span className="mono">{status.address}</span>}
            <Button size="small" disabled={status.running} onClick={() => onJoin('move')}>
              {t(status.address === null ? 'sync.giveAddress' : 'sync.move')}
            </Button>
          </dd>
        </div>
        <div>
          <dt>{t('sync.state')}</dt>
          <dd>{status.running ? <State tone="work">{t('sync.running')}</State> : online}</dd>
        </div>
        <div>
          <dt>{t('sync.queue')}</dt>
          <dd>
            {status.unsynced === 0 ? t('sync.allSynced') : t('sync.changes', { n: status.unsynced.toLocaleString() })}
          </dd>
        </div>
        <div>
          <dt>{t('sync.lastSync')}</dt>
          <dd>{status.last_at === null ? t('sync.never') : <Moment at={status.last_at} />}</dd>
        </div>
        <RoleFacts status={status} />
      </dl>
      <RoleHint status={status} />
      {status.address === null ? null : (
        <label className="sync-auto">
          <Switch size="small" checked={status.auto} onChange={(on) => void client.sync.setAuto({ on })} />
          {t('sync.auto')}
        </label>
      )}
      <Access status={status} onJoin={() => onJoin('join')} />
      {failure && !status.revoked ? (
        <p className="sync-failure" role="status">
          {t(failure, { address: status.address ?? '', id: '', seconds: 60 })}
          {rejoinAfter.includes(status.last_error ?? '') ? (
            <Button onClick={() => onJoin('join')}>{t('sync.enrol')}</Button>
          ) : null}
        </p>
      ) : null}
      {status.waiting > 0 ? (
        <p className="sync-waiting" role="status">
          {t('sync.waiting', { n: status.waiting.toLocaleString() })}
        </p>
      ) : null}
      {status.rejected > 0 ? <Rejections count={status.rejected} /> : null}
    </section>
  );
}
