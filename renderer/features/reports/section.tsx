/** One of the nine sections: its numbers, its table, and the sentences beside them. */
import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { ReportSection } from '../../../shared/features/reports.ts';
import { figureKeys, type FigureKey, type ReportFigures } from '../../../shared/features/reports/figures.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { useSay } from '../../ui/say.ts';
import { openEvidence } from './evidence.ts';

interface SectionProps {
  readonly section: ReportSection;
  readonly report: string;
  readonly figures: ReportFigures;
  readonly area: string | null;
  readonly text: string;
  readonly isClosed: boolean;
  readonly onText: (text: string) => void;
  /** The field was left: what was typed is saved. */
  readonly onLeave: () => void;
}
const areaKeys = ['users', 'opened', 'closed', 'reported', 'finished', 'late'] as const;

export function Section({ section, report, figures, area, text, isClosed, onText, onLeave }: SectionProps): ReactNode {
  const t = useText();
  const title = t(`field.reports.text_${section}`);
  return (
    <section>
      <h3>{title}</h3>
      <ul className="report-figures">
        {figureKeys[section].map((key) => (
          <Figure key={key} name={key} report={report} figures={figures} area={area} />
        ))}
      </ul>
      {section === 'overview' && figures.areas.length > 0 ? <Areas figures={figures} /> : null}
      {section === 'faults' && figures.faults.length > 0 ? <Faults figures={figures} /> : null}
      {section === 'tools' && figures.parts.length > 0 ? (
        <p className="report-parts">
          {figures.parts
            .map(({ name, spec, quantity }) => `${[name, spec].filter(Boolean).join(' ')} ×${quantity}`)
            .join(t('transfer.comma'))}
        </p>
      ) : null}
      {isClosed ? (
        text === '' ? null : (
          <p className="report-text">{text}</p>
        )
      ) : (
        <Input.TextArea
          aria-label={`${title} ${t('reports.text')}`}
          placeholder={t('reports.text')}
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={4000}
          value={text}
          onChange={({ target }) => onText(target.value)}
          onBlur={onLeave}
        />
      )}
    </section>
  );
}

interface FigureProps {
  readonly name: FigureKey;
  readonly report: string;
  readonly figures: ReportFigures;
  readonly area: string | null;
}
function Figure({ name, report, figures, area }: FigureProps): ReactNode {
  const t = useText();
  const say = useSay();
  const n = figures.n[name];
  const open = openEvidence(report, name, figures.month, area);
  const shown = n == null ? t('reports.unknown') : `${n.toLocaleString()}${name.endsWith('_percent') ? '%' : ''}`;
  return (
    <li>
      <button
        type="button"
        disabled={!open}
        title={open ? t('reports.evidence') : undefined}
        onClick={() => void Promise.resolve(open?.()).catch(say.failed)}
      >
        <span className={n == null ? 'report-unknown' : 'report-number'}>{shown}</span>
        <span>{t(`reports.figure.${name}`)}</span>
      </button>
    </li>
  );
}

function Areas({ figures }: { figures: ReportFigures }): ReactNode {
  const t = useText();
  return (
    <table className="report-table">
      <thead>
        <tr>
          <th scope="col">{t('reports.col.area')}</th>
          {areaKeys.map((key) => (
            <th key={key} scope="col">
              {t(`reports.figure.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.areas.map((row) => (
          <tr key={row.id ?? ''}>
            <th scope="row">{row.id === null ? t('reports.elsewhere') : row.name}</th>
            {areaKeys.map((key) => (
              <td key={key}>{row[key].toLocaleString()}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Faults({ figures }: { figures: ReportFigures }): ReactNode {
  const t = useText();
  return (
    <table className="report-table">
      <thead>
        <tr>
          <th scope="col">{t('field.tickets.category')}</th>
          <th scope="col">{t('reports.col.count')}</th>
          <th scope="col">{t('reports.col.on_time')}</th>
          <th scope="col">{t('reports.col.late')}</th>
          <th scope="col">{t('reports.col.mean_hours')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.faults.map(({ category, count, on_time, late, mean_hours }) => (
          <tr key={category}>
            <th scope="row">{optionLabel(t, 'tickets', 'category', category)}</th>
            <td>{count}</td>
            <td>{on_time}</td>
            <td>{late}</td>
            <td>{mean_hours ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
