/**
 * An IP conflict from sight to end (walk-through 4): both cards side by side, the wrong one gets the next address, its notice is printed,
 * and ticket and binding log close together. Where it stands is in the route, so that coming back from the print page goes on:
 * `opening/clash?ip=…&moved=BINDING`.
 */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ClashSide } from '../../../shared/features/opening.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { Mac, Moment, NONE } from '../../ui/text.tsx';
import { makerName } from '../discovery/maker.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';

const TABLES = ['bindings', 'subnets', 'people', 'tickets'];

export function ClashPage({ ip, moved }: { ip: string; moved: string | null }): ReactNode {
  const t = useText();
  const query = useQuery(rpc.opening.clash.queryOptions({ input: { ip }, meta: { tables: TABLES } }));
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { sides, refs, ticket } = query.data;
  return (
    <Page>
      <div className="open-move">
        <h2>{t('opening.clash.title', { ip })}</h2>
        {moved === null ? null : <Ending ip={ip} moved={moved} ticket={ticket} />}
        {sides.length === 0 ? <Empty title={t('opening.clash.none')} /> : null}
        <div className="clash-sides">
          {sides.map((side) => (
            <Side key={side.mac ?? ''} ip={ip} side={side} refs={refs} />
          ))}
        </div>
      </div>
    </Page>
  );
}

interface SideProps {
  readonly ip: string;
  readonly side: ClashSide;
  readonly refs: Readonly<Record<string, string>>;
}
function Side({ ip, side, refs }: SideProps): ReactNode {
  const t = useText();
  const { binding } = side;
  const here = binding?.ip === ip;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('opening.clash.vendor'), side.vendor === null ? NONE : makerName(side.vendor, t)],
    [t('opening.clash.name'), side.name ?? NONE],
    [
      t('opening.clash.person'),
      binding ? <a href={to('addresses', binding.id)}>{side.person}</a> : t('opening.clash.stranger'),
    ],
    [t('opening.clash.place'), binding?.location_id ? refs[binding.location_id] : NONE],
    [
      t('opening.clash.port'),
      side.switch_name === null && side.switch_port === null
        ? NONE
        : `${side.switch_name ?? ''} ${side.switch_port ?? ''}${side.read ? '' : t('opening.clash.by_hand')}`,
    ],
    [t('opening.clash.first'), <Moment key="first" at={side.first_seen_at} />],
    [t('opening.clash.last'), <Moment key="last" at={side.last_seen_at} />],
  ];
  return (
    <section className="open-move-line">
      <h3>
        <Mac hex={side.mac} />{' '}
        <span className="field-hint">
          {here
            ? t('opening.clash.holder')
            : binding
              ? t('opening.clash.elsewhere', { ip: binding.ip })
              : t('opening.clash.stranger')}
        </span>
      </h3>
      <dl className="clash-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {here && binding.state !== 'reserved' ? <Move ip={ip} side={side} id={binding.id} /> : null}
    </section>
  );
}

/** The next free address stands ready; another one may be written. */
function Move({ ip, side, id }: { ip: string; side: ClashSide; id: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [written, setWritten] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const target = (written ?? side.next ?? '').trim();
  const move = async (): Promise<void> => {
    setBusy(true);
    try {
      const moved = await client.ipam.move({ id, to: { ip: target }, reason: t('discovery.readdress_reason') });
      undoable.done(t('discovery.readdressed', { from: ip, ip: moved.ip }), moved.batch);
      go(`opening/clash?ip=${ip}&moved=${moved.id}`);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="open-head">
      <label htmlFor={`clash-${id}`}>{t('opening.clash.to')}</label>
      <Input
        id={`clash-${id}`}
        className="mono clash-ip"
        maxLength={40}
        value={written ?? side.next ?? ''}
        onChange={(event) => setWritten(event.target.value)}
      />
      <WriteButton type="primary" loading={busy} disabled={target === ''} onClick={() => void move()}>
        {t('opening.clash.move')}
      </WriteButton>
    </div>
  );
}

interface EndingProps {
  readonly ip: string;
  readonly moved: string;
  readonly ticket: { readonly id: string; readonly number: string } | null;
}
/** After the address was changed: the notice, and the end of it. */
function Ending({ ip, moved, ticket }: EndingProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [closed, setClosed] = useState<{ id: string; number: string } | null>(null);
  const { data } = useQuery(rpc.ipam.get.queryOptions({ input: { id: moved }, meta: { tables: ['bindings'] } }));
  const print = async (): Promise<void> => {
    try {
      go(`print/${(await client.opening.notice({ id: moved })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const close = async (): Promise<void> => {
    try {
      const done = await client.opening.closeClash({ ip, id: moved });
      setClosed({ id: done.ticket_id, number: done.number });
      say.done(t('opening.clash.closed', { number: done.number }));
    } catch (error) {
      say.failed(error);
    }
  };
  if (!data || data.binding.state === 'released') return null;
  const name = data.refs[data.binding.person_id] ?? '';
  if (closed)
    return (
      <Alert
        type="success"
        showIcon
        role="status"
        title={<a href={to('tickets', closed.id)}>{t('opening.clash.closed', { number: closed.number })}</a>}
      />
    );
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      title={t('opening.clash.moved', { name, from: ip, to: data.binding.ip })}
      action={
        <span className="open-head">
          <Button onClick={() => void print()}>{t('opening.move.print')}</Button>
          <Popconfirm
            title={t('opening.clash.confirm', { ticket: ticket?.number ?? t('opening.clash.new_ticket') })}
            okText={t('opening.clash.close')}
            cancelText={t('common.cancel')}
            onConfirm={() => void close()}
            placement="bottomRight"
          >
            <WriteButton type="primary">{t('opening.clash.close')}</WriteButton>
          </Popconfirm>
        </span>
      }
    />
  );
}
