/** Frozen revisions: printed again, and compared with one another or with today. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { Failed } from '../../ui/blank.tsx';
import { Sheet } from '../../ui/sheet.tsx';

type Line = { a: string; a_port: string | null; b: string; b_port: string | null };
const lineText = ({ a, a_port, b, b_port }: Line): string =>
  `${[a, a_port].filter(Boolean).join(' ')} — ${[b, b_port].filter(Boolean).join(' ')}`;

export function Revisions({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = useText();
  const { data } = useQuery({
    ...rpc.topology.revisions.queryOptions({ meta: { tables: ['documents', 'document_parts'] } }),
    enabled: open,
  });
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const word = (version: number, at: number): string => t('topology.revision', { version, date: showMoment(at) });
  const first = from ?? data?.[0]?.id ?? null;
  const options = (data ?? []).map(({ id, version, made_at }) => ({ value: id, label: word(version, made_at) }));
  return (
    <Sheet open={open} title={t('topology.revisions')} onClose={onClose} mask={false} width={460}>
      {data?.length === 0 ? <p>{t('topology.no_revision')}</p> : null}
      <div className="topo-revisions">
        {data?.map(({ id, number, version, made_at, author, nodes, links }) => (
          <div key={id} className="topo-compare" style={{ marginTop: 0 }}>
            <b>{word(version, made_at)}</b>
            <span className="field-hint">
              {number} · {author} · {t('topology.about', { nodes, links })}
            </span>
            <Button size="small" onClick={() => go(`print/${id}`)}>
              {t('topology.print')}
            </Button>
          </div>
        ))}
      </div>
      {first === null ? null : (
        <>
          <div className="topo-compare">
            <span>{t('topology.compare_from')}</span>
            <Select aria-label={t('topology.compare_from')} value={first} onChange={setFrom} options={options} />
            <span>{t('topology.compare_to')}</span>
            <Select
              aria-label={t('topology.compare_to')}
              value={to}
              onChange={setTo}
              options={[{ value: null, label: t('topology.now') }, ...options]}
            />
          </div>
          <Difference from={first} to={to} />
        </>
      )}
    </Sheet>
  );
}

function Difference({ from, to }: { from: string; to: string | null }): ReactNode {
  const t = useText();
  const { data, error } = useQuery(rpc.topology.compare.queryOptions({ input: { from, to } }));
  if (error) return <Failed error={error} />;
  if (!data) return null;
  const parts = [
    [t('topology.added', { n: data.added.length }), data.added.map(lineText)],
    [t('topology.removed', { n: data.removed.length }), data.removed.map(lineText)],
    [t('topology.nodes_added', { n: data.nodes_added.length }), data.nodes_added],
    [t('topology.nodes_removed', { n: data.nodes_removed.length }), data.nodes_removed],
  ] as const;
  const told = parts.filter(([, lines]) => lines.length > 0);
  if (told.length === 0) return <p>{t('topology.no_difference')}</p>;
  return told.map(([title, lines]) => (
    <section key={title} aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  ));
}
