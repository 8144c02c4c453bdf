/** The way from a user to the uplink, in one line: `<TracePath start="ticket" id={…} />`. Draws nothing where nothing is recorded, if `quiet`. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Hop, Trace, TraceStart } from '../../../shared/features/cabling/calls.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { DoubledNotice } from './doubled.tsx';
import { traceTables } from './trace-tables.ts';
import './cabling.css';

export function TracePath({ start, id, quiet = false }: { start: TraceStart; id: string; quiet?: boolean }): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(
    rpc.cabling.trace.queryOptions({ input: { start, id }, meta: { tables: traceTables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const told = data.filter(
    ({ hops }) => !quiet || hops.some(({ kind, title }) => title !== null && kind !== 'person' && kind !== 'device'),
  );
  if (told.length === 0) return quiet ? null : <p className="field-hint">{t('cabling.trace.empty')}</p>;
  return told.map((trace) => <Way key={trace.line} trace={trace} />);
}

function Way({ trace: { hops, doubled, line } }: { trace: Trace }): ReactNode {
  const t = useText();
  const say = useSay();
  const copy = (): void => {
    navigator.clipboard.writeText(line).then(() => say.done(t('cabling.trace.copied')), say.failed);
  };
  return (
    <div className="trace">
      <ol className="trace-way" aria-label={t('cabling.trace')}>
        {hops.map((hop, index) => (
          <HopView key={`${hop.kind} ${hop.title ?? ''}`} hop={hop} last={index === hops.length - 1} />
        ))}
      </ol>
      <DoubledNotice rows={doubled} />
      <Button size="small" className="trace-copy" onClick={copy}>
        {t('cabling.trace.copy')}
      </Button>
    </div>
  );
}

function HopView({ hop, last }: { hop: Hop; last: boolean }): ReactNode {
  const t = useText();
  const { kind, title, detail, route, from, cable, other, bad } = hop;
  return (
    <li className={`trace-hop trace-${from}`}>
      <span className="trace-kind">{t(`cabling.trace.${kind}`)}</span>
      <span className="trace-title">
        {title === null ? t('cabling.trace.missing') : route === null ? title : <a href={`#/${route}`}>{title}</a>}
      </span>
      {detail ? <span className="trace-detail">{detail}</span> : null}
      {from === 'words' && kind !== 'device' ? (
        <span className="trace-detail" title={t('cabling.trace.words_hint')}>
          {t('cabling.trace.words')}
        </span>
      ) : null}
      {bad ? <State tone="bad">{t('cabling.trace.bad')}</State> : null}
      {other === null ? null : <State tone="warn">{t('cabling.trace.other', { other })}</State>}
      {last || cable === null || kind === 'uplink' ? null : (
        <span className="trace-cable mono">{t('cabling.trace.line', { label: cable })}</span>
      )}
    </li>
  );
}
