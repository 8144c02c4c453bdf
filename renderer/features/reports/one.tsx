/** One report: numbers that open their lists, sentences to edit, and the way to the paper and the receipt. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { reportSections, type ReportSection } from '../../../shared/features/reports.ts';
import { keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { OptionState, State } from '../../ui/state.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { Section } from './section.tsx';
import './reports.css';

/** How long the hand rests before what it typed is saved. */
const PAUSE_MS = 1500;

type Texts = Partial<Record<ReportSection, string>>;

export function OneReport({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [typed, setTyped] = useState<Texts>({});
  /** What the fields hold now, also for a press that comes before the next drawing. */
  const unsaved = useRef<Texts>({});
  // Left by the keyboard or the rail, with the cursor still in a field
  useEffect(
    () => () => {
      const changes = unsaved.current;
      if (Object.keys(changes).length > 0) void client.reports.write({ id, changes }).catch(() => undefined);
    },
    [id],
  );
  // Left by a reload or a power cut in the middle: what was typed is kept at every pause
  useEffect(() => {
    const pause = setTimeout(() => {
      const changes = unsaved.current;
      if (Object.keys(changes).length === 0) return;
      client.reports.write({ id, changes }).then(
        () => unsaved.current === changes && (unsaved.current = {}),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [id, typed]);
  const [dialog, setDialog] = useState<'submit' | 'reopen' | null>(null);
  const { data, error, refetch } = useQuery(
    rpc.reports.get.queryOptions({ input: { id }, meta: { tables: ['reports', 'receipts', 'documents'] } }),
  );
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !state) return <Loading />;
  const { report, figures, area, receipt, papers } = data;
  const isClosed = report.state === 'submitted';
  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (problem) {
      say.failed(problem);
    }
  };
  const flush = async (): Promise<void> => {
    const changes = unsaved.current;
    if (Object.keys(changes).length === 0) return;
    await client.reports.write({ id, changes });
    unsaved.current = {};
  };
  const write = (section: ReportSection, text: string): void => {
    unsaved.current = { ...unsaved.current, [section]: text };
    setTyped((now) => ({ ...now, [section]: text }));
  };
  const refresh = (): Promise<void> =>
    run(async () => {
      await flush();
      const { changed } = await client.reports.refresh({ id });
      // Sentences that are still the program's own follow the numbers
      setTyped({});
      const shown = (n: number | null): string => (n === null ? t('reports.unknown') : String(n));
      const list = changed.map(({ key, before, after }) => {
        const name = keyOf(`reports.figure.${key}`);
        return t('reports.changedOne', { name: name ? t(name) : key, before: shown(before), after: shown(after) });
      });
      say.done(
        list.length === 0
          ? t('reports.refreshedSame')
          : t('reports.refreshed', { list: list.join(t('transfer.comma')) }),
      );
    });
  const remove = (): Promise<void> =>
    run(async () => {
      unsaved.current = {};
      const { batch } = await client.reports.remove({ id });
      go('reports');
      undoable.done(t('reports.removed'), batch);
    });
  const preview = (): Promise<void> =>
    run(async () => {
      await flush();
      go(`print/${(await client.reports.print({ id })).id}`);
    });
  const isLate = (report.submitted_on ?? state.today) > report.due_on;
  return (
    <Page
      scroll
      actions={
        isClosed ? (
          <>
            <WriteButton onClick={() => setDialog('reopen')}>{t('reports.reopen')}</WriteButton>
            <WriteButton onClick={() => setDialog('submit')}>{t('submissions.receipt')}</WriteButton>
            <Button type="primary" onClick={() => void preview()}>
              {t('reports.preview')}
            </Button>
          </>
        ) : (
          <>
            <WriteButton onClick={() => void remove()}>{t('reports.remove')}</WriteButton>
            <WriteButton onClick={() => void refresh()}>{t('reports.refresh')}</WriteButton>
            <WriteButton onClick={() => setDialog('submit')}>{t('reports.submit')}</WriteButton>
            <WriteButton type="primary" onClick={() => void preview()}>
              {t('reports.preview')}
            </WriteButton>
          </>
        )
      }
    >
      <article className="report">
        <header>
          <h2>
            {t('form.F-11')}{' '}
            {t('reports.paper.month', {
              year: report.month.slice(0, 4),
              month: Number(report.month.slice(5)),
            })}
          </h2>
          <p className="report-about">
            <OptionState table="reports" field="state" code={report.state} />
            <span>{area ?? t('reports.whole', { unit: state.setup?.unit ?? '' })}</span>
            <span>{report.number}</span>
            <span>{t('reports.dueOn', { day: report.due_on })}</span>
            {isLate ? <State tone="bad">{t(isClosed ? 'reports.wasLate' : 'reports.lateBy')}</State> : null}
            <span>{t('reports.takenAt', { at: showMoment(report.taken_at) })}</span>
          </p>
          {receipt ? (
            <p className="report-about">
              {receipt.receiver
                ? t('reports.receiver', {
                    who: receipt.receiver,
                    day: receipt.received_on ?? '',
                    archive: receipt.archive_number ?? '—',
                  })
                : t('submissions.notReceived')}
            </p>
          ) : null}
        </header>
        {reportSections.map((section) => (
          <Section
            key={section}
            section={section}
            report={id}
            figures={figures}
            area={report.location_id}
            text={typed[section] ?? report[`text_${section}`] ?? ''}
            isClosed={isClosed}
            onText={(text) => write(section, text)}
            onLeave={() => void run(flush)}
          />
        ))}
        {papers.length > 0 ? (
          <section>
            <h3>{t('reports.kept')}</h3>
            <ul className="report-papers">
              {papers.map(({ id: paper, number, made_at, author }) => (
                <li key={paper}>
                  <a href={to('print', paper)}>{number}</a> {showMoment(made_at)} {author.split('@')[0]}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </article>
      <ReceiptDialog
        open={dialog === 'submit'}
        title={t(isClosed ? 'submissions.receipt' : 'reports.submit')}
        today={state.today}
        known={receipt}
        run={async (given) => {
          await flush();
          const { number } = await client.reports.submit({ id, receipt: given });
          say.done(t('reports.submitted', { number }));
        }}
        onClose={() => setDialog(null)}
      />
      <ReasonDialog
        open={dialog === 'reopen'}
        title={t('reports.reopen')}
        text={t('reports.reopenText')}
        run={async (reason) => {
          await client.reports.reopen({ id, reason });
        }}
        onClose={() => setDialog(null)}
      />
    </Page>
  );
}
