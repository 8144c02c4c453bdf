/** The pasted rows as a table of plain inputs: quick with some hundred rows, and each keeps its own verdict beside it. */
import { Select } from 'antd';
import { memo, type KeyboardEvent, type ReactNode } from 'react';
import { openFields, type OpenField, type OpenRow, type OpenVerdict } from '../../../shared/features/opening.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { useText } from '../../i18n.ts';
import { isComposing } from '../../ui/keys.ts';
import { State } from '../../ui/state.tsx';
import { choosePerson, dropRow, setCell } from './sheet-store.ts';

export const RARE: readonly OpenField[] = ['hostname', 'switch_name'];

interface BatchRowsProps {
  readonly rows: readonly OpenRow[];
  readonly verdicts: ReadonlyMap<number, OpenVerdict>;
  /** Of host names and switches: those that somebody pasted. They get a column. */
  readonly rare: readonly OpenField[];
}
export function BatchRows({ rows, verdicts, rare }: BatchRowsProps): ReactNode {
  const t = useText();
  const fields = openFields.filter((field) => !RARE.includes(field) || rare.includes(field));
  return (
    <div className="open-rows" role="region" aria-label={t('opening.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('opening.row')}</th>
            {fields.map((field) => (
              <th key={field} scope="col" className={`open-${field}`}>
                {t(`opening.cell.${field}`)}
              </th>
            ))}
            <th scope="col" className="open-verdict">
              {t('opening.verdict')}
            </th>
            <th className="open-out" aria-label={t('opening.remove')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.row} row={row} verdict={verdicts.get(row.row)} fields={fields.join(' ')} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly row: OpenRow;
  readonly verdict: OpenVerdict | undefined;
  /** Joined, so that an unchanged line is not drawn again. */
  readonly fields: string;
}
const Line = memo(
  function Line({ row, verdict, fields }: LineProps): ReactNode {
    const t = useText();
    return (
      <tr className={verdict?.is === 'wrong' ? 'wrong' : ''}>
        <td className="open-no">{row.row}</td>
        {(fields.split(' ') as OpenField[]).map((field) => (
          <Cell key={field} row={row} field={field} verdict={verdict} />
        ))}
        <td className="open-verdict">
          <Verdict row={row.row} verdict={verdict} />
        </td>
        <td>
          <button
            type="button"
            className="row-button"
            aria-label={t('opening.remove_row', { row: row.row })}
            onClick={() => dropRow(row.row)}
          >
            ×
          </button>
        </td>
      </tr>
    );
  },
  (a, b) => a.row === b.row && a.fields === b.fields && JSON.stringify(a.verdict) === JSON.stringify(b.verdict),
);

function Cell({ row, field, verdict }: Omit<LineProps, 'fields'> & { field: OpenField }): ReactNode {
  const t = useText();
  const isWrong = verdict?.problems.some((problem) => problem.field === field) ?? false;
  const keep = (value: string): void => {
    if (value !== row[field]) setCell(row.row, field, value);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter') keep(event.currentTarget.value);
    if (event.key === 'Escape') event.currentTarget.value = row[field];
  };
  return (
    <td className={`open-${field}`}>
      <input
        className={isWrong ? 'open-cell wrong' : 'open-cell'}
        aria-label={t('opening.edit_cell', { row: row.row, field: t(`opening.cell.${field}`) })}
        aria-invalid={isWrong}
        defaultValue={row[field]}
        // The address that it would get, until one is written.
        placeholder={field === 'ip' && verdict?.is === 'ok' ? (verdict.ip ?? '') : ''}
        title={row[field]}
        maxLength={200}
        onBlur={(event) => keep(event.target.value)}
        onKeyDown={onKey}
      />
    </td>
  );
}

function Verdict({ row, verdict }: { row: number; verdict: OpenVerdict | undefined }): ReactNode {
  const t = useText();
  if (!verdict) return '…';
  if (verdict.is === 'ok')
    return (
      <span className="open-said">
        <State tone="good">{t('opening.ok')}</State>
        {verdict.person === 'new' ? <State tone="await">{t('opening.new_person')}</State> : null}
        {verdict.person === 'found' && verdict.letter ? (
          <State tone="warn">{t(verdict.letter === 'expired' ? 'opening.letter_expired' : 'opening.letter')}</State>
        ) : null}
        {verdict.port_of ? <State tone="warn">{t('opening.port_taken', { who: verdict.port_of })}</State> : null}
        {verdict.random ? <State tone="warn">{t('opening.random')}</State> : null}
      </span>
    );
  return (
    <span className="open-said">
      {verdict.problems.map(({ code, params }) => (
        <span key={code} className="open-why">
          {refusalText(t, code, params)}
        </span>
      ))}
      {verdict.persons.length > 0 ? (
        <Select<string>
          size="small"
          className="open-person"
          aria-label={`${t('opening.choose_person')} ${row}`}
          placeholder={t('opening.choose_person')}
          value={null}
          popupMatchSelectWidth={false}
          options={[
            ...verdict.persons.map(({ id, about }) => ({ value: id, label: about || '—' })),
            { value: 'new', label: t('opening.is_new') },
          ]}
          onChange={(id) => choosePerson(row, id)}
        />
      ) : null}
    </span>
  );
}
