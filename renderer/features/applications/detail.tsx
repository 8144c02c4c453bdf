/** One application beside the list: what is asked, what is missing, the next step, the signed page. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Dropdown } from 'antd';
import { useState, type ReactNode } from 'react';
import { applications } from '../../../shared/features/applications.ts';
import type { RowOf } from '../../../shared/record.ts';
import { fieldLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { HistoryList } from '../../ui/history.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { OptionState } from '../../ui/state.tsx';
import { Attachments } from '../attachments/panel.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { SyncBadge } from '../sync/badge.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { Namesakes } from './namesakes.tsx';
import { SignDialog } from './sign.tsx';

type Application = RowOf<typeof applications>;
type Act = 'sign' | 'open' | 'grant' | 'edit' | 'reject' | 'withdraw' | 'clear';

const groups = (row: Application) => [
  {
    title: 'applications.group.who' as const,
    fields: ['person_id', 'name', 'department', 'phone', 'staff_number', 'location_id'] as const,
  },
  ...(row.kind === 'binding'
    ? [{ title: 'applications.group.device' as const, fields: ['device_kind', 'device', 'mac', 'asset_id'] as const }]
    : [
        {
          title: 'applications.group.access' as const,
          fields: ['access_kind', 'target', 'device', 'mac', 'asset_id'] as const,
        },
        {
          title: 'applications.group.safety' as const,
          fields: ['has_antivirus', 'has_patches', 'is_dedicated', 'knows_secrecy'] as const,
        },
      ]),
  { title: 'applications.group.term' as const, fields: ['from_on', 'until_on', 'purpose', 'remark'] as const },
  {
    title: 'applications.group.done' as const,
    fields: ['applied_on', 'signed_by', 'signed_on', 'opened_on', 'cleared_on', 'handler', 'reason'] as const,
  },
];

/** The next steps from here, the first as a button of its own. */
function stepsOf({ state, kind, binding_id }: Application): Act[] {
  switch (state) {
    case 'applied':
      return [
        'sign',
        'edit',
        ...(kind === 'binding' && binding_id === null ? (['open'] as const) : []),
        'reject',
        'withdraw',
      ];
    case 'signed':
      return [
        ...(kind === 'binding' ? (['open'] as const) : (['open', 'grant'] as const)),
        'edit',
        'reject',
        'withdraw',
      ];
    case 'opened':
      return ['clear'];
    default:
      return [];
  }
}

export function OneApplication({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const [act, setAct] = useState<Act | null>(null);
  const answer = useQuery(
    rpc.applications.get.queryOptions({ input: { id }, meta: { tables: ['applications', 'people', 'documents'] } }),
  );
  const history = useQuery(
    rpc.applications.history.queryOptions({ input: { id }, meta: { tables: ['applications'] } }),
  );
  const row = answer.data?.application;
  const start = (step: Act): void => {
    if (step === 'edit') go(`applications/${id}/edit`);
    else if (step === 'open') go(row?.person_id ? openRoute(row) : `applications/${id}/register`);
    else if (step === 'grant') void run(client.applications.grant({ id }), 'applications.granted');
    else setAct(step);
  };
  const run = async (call: Promise<unknown>, done: Parameters<typeof t>[0]): Promise<void> => {
    try {
      await call;
      say.done(t(done));
    } catch (error) {
      say.failed(error);
    }
  };
  const print = async (): Promise<void> => {
    try {
      go(`print/${(await client.applications.print({ id })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const [main, ...more] = row ? stepsOf(row) : [];
  return (
    <Sheet
      open
      mask={false}
      width={600}
      title={
        row ? (
          <span className="sheet-title">
            <span className="mono">{row.number}</span>{' '}
            <OptionState table="applications" field="state" code={row.state} />
          </span>
        ) : (
          ''
        )
      }
      onClose={onClose}
      actions={
        row ? (
          <>
            <Button onClick={() => void print()}>{t('applications.print')}</Button>
            {main ? (
              <WriteButton type="primary" onClick={() => start(main)}>
                {t(`applications.${main}`)}
              </WriteButton>
            ) : null}
            {more.length > 0 ? (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: more.map((key) => ({ key, label: t(`applications.${key}`) })),
                  onClick: ({ key }) => start(key as Act),
                }}
              >
                <Button aria-label={t('common.more')}>⋯</Button>
              </Dropdown>
            ) : null}
          </>
        ) : null
      }
    >
      {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Loading /> : null}
      {answer.data && row ? (
        <>
          {answer.data.overdue ? (
            <Alert
              className="detail-note"
              type="error"
              showIcon
              title={t('applications.overdue', { day: row.until_on ?? '' })}
            />
          ) : null}
          {row.state === 'applied' && answer.data.missing.length > 0 ? (
            <Alert
              className="detail-note"
              type="info"
              showIcon
              title={t('applications.missing', {
                fields: answer.data.missing.map((name) => fieldLabel(t, 'applications', name)).join('、'),
              })}
            />
          ) : null}
          {answer.data.namesakes.length > 0 && (row.state === 'applied' || row.state === 'signed') ? (
            <Namesakes
              people={answer.data.namesakes}
              onPick={(person_id) =>
                void run(client.applications.update({ id, changes: { person_id } }), 'applications.saved')
              }
              onNone={() => go(`applications/${id}/register`)}
            />
          ) : null}
          <SyncBadge id={row.id} />
          {row.binding_id ? (
            <p className="host-link">
              {t('applications.binding')}：
              <a className="mono" href={to('addresses', row.binding_id)}>
                {answer.data.refs[row.binding_id]}
              </a>
            </p>
          ) : null}
          <Attachments key={row.id} table="applications" id={row.id} />
          <Details record={applications} row={row} refs={answer.data.refs} groups={groups(row)} />
          <section className="details">
            <h3>{t('history.title')}</h3>
            <HistoryList table="applications" query={history} />
          </section>
        </>
      ) : null}
      {row && act === 'sign' ? (
        <SignDialog
          run={async (given) => void (await client.applications.sign({ id, ...given }))}
          onDone={() => say.done(t('applications.signed'))}
          onClose={() => setAct(null)}
        />
      ) : null}
      {row && (act === 'reject' || act === 'withdraw' || act === 'clear') ? (
        <ReasonDialog
          open
          title={t(`applications.${act}`)}
          danger={act !== 'withdraw'}
          {...(act === 'clear' ? { text: t('applications.clearText'), reason: t('expiry.reason') } : {})}
          run={async (reason) => {
            if (act === 'clear') await client.upkeep.clear({ id, reason });
            else await client.applications[act]({ id, reason });
            say.done(t(act === 'clear' ? 'applications.cleared' : `applications.${act}Done`));
          }}
          onClose={() => setAct(null)}
        />
      ) : null}
    </Sheet>
  );
}

/** The form that opens an address, filled with what was applied for. */
export function openRoute({ id, person_id, location_id, mac, asset_id }: Application): string {
  const query = new URLSearchParams({ application: id });
  const known = { person: person_id, place: location_id, mac, asset: asset_id };
  for (const [name, value] of Object.entries(known)) if (value) query.set(name, value);
  return `addresses/new?${query.toString()}`;
}
