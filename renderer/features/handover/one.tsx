/** One handover: its clock, its parts with what is open in each, its gaps and papers, and the gate before leaving. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { handoverParts, isOpen, type HandoverPart } from '../../../shared/features/handover.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { refusalOf, sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { OptionState, State } from '../../ui/state.tsx';
import { Attachments } from '../attachments/panel.tsx';
import { Clock } from './clock.tsx';
import { Filing } from './filing.tsx';
import { Gaps } from './gaps.tsx';
import { GateDialog } from './gate.tsx';
import { Items } from './items.tsx';
import { NameInput } from './name-input.tsx';
import { nameMeant } from './names.ts';

const isPart = (name: string | null): name is HandoverPart => handoverParts.some((part) => part === name);

export function OneHandover({ id, part }: { id: string; part: string | null }): ReactNode {
  const t = useText();
  const say = useSay();
  const [refused, setRefused] = useState<string | null>(null);
  const supervisor = useRef<HTMLSpanElement>(null);
  const { data, error, refetch } = useQuery(rpc.handover.get.queryOptions({ input: { id } }));
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !state) return <Loading />;
  const { handover, items, gaps, open, refs, papers } = data;
  const disputed = new Set(items.flatMap(({ about_id }) => about_id ?? []));
  const shown = isPart(part) ? part : 'A';
  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (problem) {
      say.failed(problem);
    }
  };
  const print = (): Promise<void> => run(async () => go(`print/${(await client.handover.print({ id })).id}`));
  /** Refused for what is still missing: all of it is shown, with the ways to it. */
  const printSlip = async (): Promise<void> => {
    try {
      go(`print/${(await client.handover.print({ id, paper: 'slip' })).id}`);
    } catch (problem) {
      if (refusalOf(problem)) setRefused(sentenceOf(problem, t));
      else say.failed(problem);
    }
  };
  const gather = (): Promise<void> =>
    run(async () => {
      const { added } = await client.handover.gather({ id });
      say.done(added > 0 ? t('handover.added', { n: added }) : t('handover.nothing_added'));
    });
  const settle = (): Promise<void> =>
    run(async () => {
      await client.handover.settle({ id });
      say.done(t('handover.settled'));
    });
  const settled = handover.state === 'settled';
  return (
    <Page
      actions={
        <>
          {settled ? null : <Button onClick={() => void gather()}>{t('handover.again')}</Button>}
          <Button onClick={() => void printSlip()}>{t('handover.slip')}</Button>
          {settled ? null : <Button onClick={() => void settle()}>{t('handover.settle')}</Button>}
          <Button type="primary" onClick={() => void print()}>
            {t('handover.preview')}
          </Button>
        </>
      }
    >
      <div className="handover">
        <header className="handover-head">
          <a className="handover-all" href={to('handover')}>
            {t('handover.all')}
          </a>
          <h2>{refs[handover.location_id]}</h2>
          <span className="mono">{handover.number}</span>
          <OptionState table="handovers" field="state" code={handover.state} />
          <span>
            {handover.giver} → {handover.receiver}
          </span>
          <span ref={supervisor}>
            <Supervisor key={handover.supervisor} id={id} name={handover.supervisor} fixed={settled} />
          </span>
          {settled ? null : <Clock start={handover.start_on} due={handover.due_on} today={state.today} />}
          <State tone={open === 0 ? 'good' : 'warn'}>
            {open === 0 ? t('handover.all_done') : t('handover.open', { n: open })}
          </State>
        </header>
        <div className="handover-body">
          <nav className="handover-parts" aria-label={t('handover.title')}>
            {handoverParts.map((each) => {
              const left = items.filter((item) => item.part === each && isOpen(item)).length;
              const all = items.filter((item) => item.part === each).length;
              return (
                <a
                  key={each}
                  href={to('handover', id, each)}
                  className={each === shown ? 'current' : undefined}
                  aria-current={each === shown ? 'page' : undefined}
                >
                  <span>{t(`option.handover_items.part.${each}`)}</span>
                  <span className="handover-count">{all === 0 ? '' : `${all - left}/${all}`}</span>
                </a>
              );
            })}
            <Gaps
              gaps={gaps}
              location={handover.location_id}
              onSupervisor={() => supervisor.current?.querySelector('input')?.focus()}
            />
            {papers.length === 0 ? null : (
              <section>
                <h3>{t('handover.papers')}</h3>
                <ul>
                  {papers.map((paper) => (
                    <li key={paper.id}>
                      <a href={to('print', paper.id)}>{paper.title}</a> {showMoment(paper.made_at)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {papers.length === 0 ? null : <Filing handover={handover} today={state.today} />}
            <Attachments key={id} table="handovers" id={id} />
          </nav>
          <Items
            handover={handover}
            part={shown}
            items={items.filter((item) => item.part === shown)}
            disputed={disputed}
            refs={refs}
          />
        </div>
      </div>
      {refused === null ? null : (
        <GateDialog
          handover={handover}
          why={refused}
          onSettle={settle}
          onPrint={printSlip}
          onClose={() => setRefused(null)}
        />
      )}
    </Page>
  );
}

/** Often named only after the start; saved when the field is left. */
function Supervisor({ id, name, fixed }: { id: string; name: string | null; fixed: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const [typed, setTyped] = useState(name ?? '');
  const save = async (said: string): Promise<void> => {
    try {
      const supervisor = await nameMeant(said);
      setTyped(supervisor);
      if (supervisor !== (name ?? '')) await client.handover.update({ id, changes: { supervisor } });
    } catch (error) {
      say.failed(error);
    }
  };
  if (fixed)
    return (
      <span>
        {t('field.handovers.supervisor')} {name}
      </span>
    );
  return (
    <NameInput
      className="handover-supervisor"
      size="small"
      label={t('field.handovers.supervisor')}
      value={typed}
      onChange={setTyped}
      onDone={(said) => void save(said)}
    />
  );
}
