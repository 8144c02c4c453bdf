/** What to sweep and how: the own subnets are chosen already, so that one press starts. */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Segmented, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { isComposing, useKey } from '../../ui/keys.ts';
import { refusalOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { startSweep, stopSweep, useSweep } from './sweep-store.ts';

type Effort = 'quick' | 'thorough';

export function ScopeBar({ onStarted, onDone }: { onStarted: () => void; onDone: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const { modal } = App.useApp();
  const running = useSweep((state) => state.running);
  const own = useQuery({
    ...rpc.discovery.interfaces.queryOptions(),
    staleTime: 0,
    refetchInterval: running ? false : 5000,
    meta: { tables: ['subnets'] },
  });
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [more, setMore] = useState('');
  const [effort, setEffort] = useState<Effort>('thorough');
  const offered = own.data ?? [];
  const ticked = chosen ?? offered.filter((link) => link.suggested).map((link) => link.scope);
  const cidrs = [
    ...offered.map((link) => link.scope).filter((scope) => ticked.includes(scope)),
    ...(more.trim() === '' ? [] : [more]),
  ];

  const run = async (confirmed: boolean): Promise<void> => {
    onStarted();
    try {
      await startSweep({ cidrs, effort, confirmed });
      onDone();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code !== 'scope_confirm') return say.failed(error);
      void modal.confirm({
        title: t('discovery.confirm_wide', { count: refusal.params['count'] ?? '' }),
        okText: t('discovery.start'),
        cancelText: t('common.cancel'),
        onOk: () => void run(true),
      });
    }
  };
  const start = (): void => {
    if (!running) void run(false);
  };
  useKey('f5', start);

  return (
    <div className="sweep-bar">
      <fieldset className="sweep-own" disabled={running}>
        <legend>{t('discovery.own')}</legend>
        {own.data?.length === 0 ? <p className="sweep-none">{t('discovery.own_none')}</p> : null}
        {offered.map((link) => (
          <Checkbox
            key={`${link.name} ${link.address}`}
            checked={ticked.includes(link.scope)}
            onChange={({ target }) =>
              setChosen(target.checked ? [...ticked, link.scope] : ticked.filter((scope) => scope !== link.scope))
            }
          >
            <span className="mono">{link.scope}</span>{' '}
            <span className="sweep-note">
              {[link.subnet, link.virtual ? t('discovery.virtual') : link.name].filter(Boolean).join(' · ')}
            </span>
          </Checkbox>
        ))}
      </fieldset>
      <Input
        className="sweep-more mono"
        aria-label={t('discovery.scope')}
        placeholder={t('discovery.scope_hint')}
        title={t('discovery.scope_hint')}
        value={more}
        disabled={running}
        onChange={(event) => setMore(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event.nativeEvent)) start();
        }}
      />
      <Segmented<Effort>
        value={effort}
        disabled={running}
        onChange={setEffort}
        options={(['thorough', 'quick'] as const).map((value) => ({
          value,
          label: <Tooltip title={t(`discovery.${value}_hint`)}>{t(`discovery.${value}`)}</Tooltip>,
        }))}
      />
      {running ? (
        <Button danger onClick={() => void stopSweep()}>
          {t('discovery.stop')}
        </Button>
      ) : (
        <Button type="primary" onClick={start} title="F5">
          {t('discovery.start')}
        </Button>
      )}
    </div>
  );
}
