/** What to sweep and how: the own subnets are chosen already, so that one press starts. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select, Tooltip } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { SweepSummary } from '../../../shared/features/discovery.ts';
import { identifyDepths, type IdentifyDepth } from '../../../shared/features/discovery/identity.ts';
import { keepText, keptText } from '../../kept.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { isComposing, useKey } from '../../ui/keys.ts';
import { refusalOf, sentenceOf } from '../../ui/refusal.ts';
import { LastSweep } from './last-sweep.tsx';
import { OwnSubnets } from './own-subnets.tsx';
import { SweepProblem, type Problem } from './sweep-problem.tsx';
import { useSubnetNames, type SubnetName } from './subnet-names.ts';
import { startSweep, stopSweep, useSweep } from './sweep-store.ts';
import { WideQuestion } from './wide-question.tsx';

type Effort = 'quick' | 'thorough';
const noNames: readonly SubnetName[] = [];
const efforts: readonly Effort[] = ['quick', 'thorough'];
const KEPT = { effort: 'sweep.effort', depth: 'sweep.depth' };
const kept = <T extends string>(key: string, known: readonly T[], otherwise: T): T =>
  known.find((each) => each === keptText(key)) ?? otherwise;

/** Where only the questions to hosts are left, asking none of them would be no going on. */
const depthOfRest = ({ covered, total }: SweepSummary, chosen: IdentifyDepth): IdentifyDepth =>
  covered >= total && chosen === 'none' ? 'full' : chosen;

interface ScopeBarProps {
  readonly last: SweepSummary | null;
  readonly onDone: () => void;
}
export function ScopeBar({ last, onDone }: ScopeBarProps): ReactNode {
  const t = useText();
  const id = useId();
  const running = useSweep((state) => state.running);
  const own = useQuery({
    ...rpc.discovery.interfaces.queryOptions(),
    staleTime: 0,
    // a cable that is plugged in shows by itself
    refetchInterval: running ? false : 5000,
    meta: { tables: ['subnets'] },
  });
  const names = useSubnetNames() ?? noNames;
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [registered, setRegistered] = useState<readonly string[]>([]);
  const [more, setMore] = useState('');
  const [effort, setEffort] = useState(() => kept(KEPT.effort, efforts, 'thorough'));
  const [identify, setIdentify] = useState(() => kept<IdentifyDepth>(KEPT.depth, identifyDepths, 'full'));
  const [problem, setProblem] = useState<Problem | null>(null);
  /** How many addresses are to be confirmed. */
  const [wide, setWide] = useState<number | null>(null);
  const [stopping, setStopping] = useState(false);
  const links = own.data ?? [];
  const ticked = chosen ?? links.filter((link) => link.suggested).map((link) => link.scope);
  const offered = names.filter(({ cidr }) => !links.some(({ scope }) => scope === cidr));
  const cidrs = [
    ...links.map(({ scope }) => scope).filter((scope) => ticked.includes(scope)),
    ...registered,
    ...(more.trim() === '' ? [] : [more]),
  ];

  const run = async (order: { confirmed?: boolean; resume?: string; depth?: IdentifyDepth }): Promise<void> => {
    setProblem(null);
    const { began } = useSweep.getState();
    try {
      const { confirmed = false, resume, depth = identify } = order;
      const scope = resume === undefined ? { cidrs, effort, confirmed } : { resume, confirmed: true };
      await startSweep({ ...scope, identify: depth });
      onDone();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code === 'scope_confirm') setWide(Number(refusal.params['count'] ?? 0));
      else
        setProblem({
          code: refusal?.code ?? null,
          text: sentenceOf(error, t),
          midway: useSweep.getState().began !== began,
        });
    }
  };
  const start = (): void => {
    if (!running) void run({});
  };
  const stop = async (): Promise<void> => {
    setStopping(true);
    try {
      await stopSweep();
    } finally {
      setStopping(false);
    }
  };
  useKey('f5', start);

  return (
    <div className="sweep-bar">
      <div className="sweep-row">
        <OwnSubnets
          links={own.data ?? null}
          ticked={ticked}
          disabled={running}
          onChange={(next) => {
            setChosen(next);
            setProblem(null);
          }}
        />
        {offered.length === 0 ? null : (
          <Select
            mode="multiple"
            className="sweep-registered"
            aria-label={t('discovery.registered_subnets')}
            placeholder={t('discovery.registered_subnets')}
            disabled={running}
            maxTagCount={1}
            allowClear
            value={[...registered]}
            onChange={(next: string[]) => setRegistered(next)}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={offered.map(({ cidr, name }) => ({ value: cidr, label: `${name} ${cidr}` }))}
          />
        )}
        <Input
          className="sweep-more mono"
          aria-label={t('discovery.scope')}
          aria-describedby={problem ? `${id}problem` : undefined}
          placeholder={t('discovery.scope_hint')}
          title={t('discovery.scope_hint')}
          status={problem?.code?.startsWith('scope_') ? 'error' : ''}
          value={more}
          disabled={running}
          onChange={(event) => {
            setMore(event.target.value);
            setProblem(null);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !isComposing(event.nativeEvent)) start();
          }}
        />
      </div>
      <div className="sweep-row">
        <Choice
          label={t('discovery.depth')}
          value={identify}
          disabled={running}
          options={identifyDepths.map((value) => [
            value,
            t(`discovery.depth.${value}`),
            t(`discovery.depth.${value}_hint`),
          ])}
          onChange={(next) => {
            setIdentify(next);
            keepText(KEPT.depth, next);
          }}
        />
        <Choice
          label={t('discovery.effort')}
          value={effort}
          disabled={running}
          options={efforts.map((value) => [value, t(`discovery.${value}`), t(`discovery.${value}_hint`)])}
          onChange={(next) => {
            setEffort(next);
            keepText(KEPT.effort, next);
          }}
        />
        {running ? (
          <Button danger loading={stopping} onClick={() => void stop()}>
            {t('discovery.stop')}
          </Button>
        ) : (
          <Button type="primary" onClick={start} title="F5">
            {t('discovery.start')}
          </Button>
        )}
        {running ? null : (
          <LastSweep
            last={last}
            onResume={(rest) => void run({ resume: rest.id, depth: depthOfRest(rest, identify) })}
          />
        )}
      </div>
      {problem === null ? null : <SweepProblem id={`${id}problem`} {...problem} onClose={() => setProblem(null)} />}
      <WideQuestion
        count={wide}
        onClose={() => setWide(null)}
        onYes={() => {
          setWide(null);
          void run({ confirmed: true });
        }}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly disabled: boolean;
  /** Value, word, what it means. */
  readonly options: readonly (readonly [T, string, string])[];
  readonly onChange: (value: T) => void;
}
function Choice<T extends string>({ label, value, disabled, options, onChange }: ChoiceProps<T>): ReactNode {
  return (
    <div className="sweep-choice" role="group" aria-label={label}>
      <span className="sweep-note">{label}</span>
      <Segmented<T>
        value={value}
        disabled={disabled}
        onChange={onChange}
        options={options.map(([each, word, hint]) => ({ value: each, label: <Tooltip title={hint}>{word}</Tooltip> }))}
      />
    </div>
  );
}
