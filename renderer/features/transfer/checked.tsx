/** What the dry run found: counts, the columns and their mapping, what is for the user to decide, and every row with its reasons. */
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { noColumn, verdicts, type Preview } from '../../../shared/features/transfer.ts';
import { fieldLabel, useText } from '../../i18n.ts';
import { commit, recheck, saveResult } from './import-run.ts';
import { Columns } from './columns.tsx';
import { Decide } from './decide.tsx';
import { Rows, type Shown } from './rows.tsx';

export function Checked({ preview, busy }: { preview: Preview; busy: boolean }): ReactNode {
  const t = useText();
  const [shown, setShown] = useState<Shown>('all');
  const { counts } = preview;
  const ready = counts.add + counts.update;
  return (
    <>
      <header className="import-head">
        <strong className="import-name" title={preview.name}>
          {preview.name}
        </strong>
        <Where preview={preview} busy={busy} />
        <span className="grid-space" />
        <Button disabled={busy} onClick={saveResult}>
          {t('transfer.save_result')}
        </Button>
        <Button type="primary" disabled={busy || ready === 0} onClick={commit}>
          {ready === 0 ? t('transfer.go_nothing') : t('transfer.go', { n: ready.toLocaleString() })}
        </Button>
      </header>
      <div className="import-counts">
        {verdicts.map((verdict) => (
          <button
            key={verdict}
            type="button"
            aria-pressed={shown === verdict}
            className={`import-count ${verdict}`}
            onClick={() => setShown(shown === verdict ? 'all' : verdict)}
          >
            <span>{t(`verdict.${verdict}`)}</span>
            <b>{counts[verdict].toLocaleString()}</b>
          </button>
        ))}
        <p className="import-note">
          <Skipped preview={preview} />
          {counts.error > 0 ? t('transfer.skip_errors', { n: counts.error.toLocaleString() }) : null}
        </p>
      </div>
      <div className="import-body">
        <div className="import-side">
          <Decide preview={preview} busy={busy} />
          <Unmapped preview={preview} />
          <Columns preview={preview} busy={busy} />
        </div>
        <div className="import-main">
          <div className="import-reasons">
            <Button
              size="small"
              type={shown === 'error' ? 'primary' : 'default'}
              disabled={counts.error === 0 && shown !== 'error'}
              onClick={() => setShown(shown === 'error' ? 'all' : 'error')}
            >
              {shown === 'error' ? t('transfer.all_rows') : t('transfer.only_errors')}
            </Button>
            <ReasonList preview={preview} />
          </div>
          <Rows preview={preview} shown={shown} />
        </div>
      </div>
    </>
  );
}

/** What the skipped rows are: the same words and numbers before and after the import. */
export function Skipped({ preview }: { preview: Preview }): ReactNode {
  const t = useText();
  const of = (wanted: string): string => (preview.issues.find(({ code }) => code === wanted)?.n ?? 0).toLocaleString();
  return preview.counts.skip > 0 ? t('transfer.skip_parts', { same: of('same'), none: of('not_a_row') }) : null;
}

/** Columns that would be lost without a word. */
function Unmapped({ preview }: { preview: Preview }): ReactNode {
  const t = useText();
  if (noColumn(preview))
    return (
      <p className="import-unmapped" role="alert">
        {t('refusal.import_no_columns')}
      </p>
    );
  const lost = preview.columns.filter(({ problem }) => problem === 'unknown_header' || problem === 'empty_header');
  if (lost.length === 0) return null;
  const headers = lost.map(({ header, index }) => header || t('transfer.column_nth', { n: index + 1 }));
  return (
    <p className="import-unmapped" role="status">
      {t('transfer.unmapped', { n: lost.length, headers: headers.join(t('transfer.comma')) })}
    </p>
  );
}

/** How often each reason occurs: the column and a short name of the trouble. */
function ReasonList({ preview }: { preview: Preview }): ReactNode {
  const t = useText();
  return (
    <ul className="import-tally" aria-label={t('transfer.reasons')}>
      {preview.issues.slice(0, TALLY).map(({ code, field, n, severity }) => (
        <li key={`${code}-${field}`} className={severity}>
          {field === null ? '' : `${fieldLabel(t, preview.target, field)} · `}
          {t(`issue.short.${code}`)} <b>{n.toLocaleString()}</b>
        </li>
      ))}
    </ul>
  );
}
const TALLY = 8;

/** Which sheet and which row the header is. */
function Where({ preview, busy }: { preview: Preview; busy: boolean }): ReactNode {
  const t = useText();
  const cells = (text: readonly string[]): string =>
    text
      .filter((cell) => cell !== '')
      .slice(0, 6)
      .join(' | ')
      .slice(0, 60);
  return (
    <>
      {preview.sheets.length > 1 ? (
        <Select
          aria-label={t('transfer.sheet')}
          disabled={busy}
          value={preview.sheet}
          options={preview.sheets.map(({ name }, index) => ({ value: index, label: name }))}
          popupMatchSelectWidth={false}
          onChange={(sheet) => recheck({ sheet, header_row: undefined, mapping: undefined })}
        />
      ) : null}
      <Select
        aria-label={t('transfer.header_row')}
        className="import-header-row"
        disabled={busy}
        value={preview.header_row}
        options={preview.head.map(({ row, text }) => ({
          value: row,
          label: t('transfer.header_row_n', { row, text: cells(text) }),
        }))}
        popupMatchSelectWidth={false}
        onChange={(header_row) => recheck({ header_row, mapping: undefined })}
      />
      <span className="import-facts">
        {[
          preview.encoding ? t('transfer.encoding', { encoding: preview.encoding.toUpperCase() }) : '',
          preview.formulas > 0 ? t('transfer.formulas', { n: preview.formulas }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
}
