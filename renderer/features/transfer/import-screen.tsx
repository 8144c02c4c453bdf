/** Import: file, dry run, mapping, decisions, commit, undo. Route: `import?into=people`. */
import { Button, Segmented } from 'antd';
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { targets, type Target } from '../../../shared/features/transfer/targets.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { fromClipboard } from '../../ui/table/tsv.ts';
import { Checked, Skipped } from './checked.tsx';
import { chooseFile, forget, saveResult, saveTemplate, stopImport, undo, useImport } from './import-run.ts';
import './transfer.css';

const isTarget = (text: string | undefined): text is Target => targets.some((target) => target === text);

export function ImportScreen({ query }: ScreenProps): ReactNode {
  const t = useText();
  const { working, preview, committed, error } = useImport();
  const { into } = query;
  useEffect(() => {
    if (isTarget(into) && useImport.getState().target !== into) forget(into);
  }, [into]);
  return (
    <Page actions={preview && !working ? <Button onClick={() => forget()}>{t('transfer.other_file')}</Button> : null}>
      <div className="import">
        {error ? (
          <p className="import-error" role="alert">
            {sentenceOf(error, t)}
          </p>
        ) : null}
        {working ? (
          <div className="import-working">
            <Progress label={t(working.label)} done={working.done} total={working.total} onCancel={stopImport} />
          </div>
        ) : null}
        {committed ? (
          <Done />
        ) : preview ? (
          <Checked preview={preview} busy={working !== null} />
        ) : (
          <Choose busy={working !== null} />
        )}
      </div>
    </Page>
  );
}

function Choose({ busy }: { busy: boolean }): ReactNode {
  const t = useText();
  const target = useImport((state) => state.target);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file) chooseFile(file);
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      // Cells copied in Excel or WPS: columns by tabs, rows by line ends
      if (!busy && /\t/.test(text) && /\n/.test(text))
        chooseFile(
          new File([fromClipboard(text)], `${t('transfer.pasted')}.tsv`, { type: 'text/tab-separated-values' }),
        );
      else if (!busy && event.clipboardData?.files[0]) chooseFile(event.clipboardData.files[0]);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [busy, t]);
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div className="import-choose">
      <div className="import-into">
        <span id="import-into">{t('transfer.into')}</span>
        <Segmented
          className="segmented"
          aria-labelledby="import-into"
          disabled={busy}
          value={target}
          onChange={(next) => forget(next)}
          options={targets.map((each) => ({ value: each, label: t(`transfer.target.${each}`) }))}
        />
        <span className="grid-space" />
        <Button type="link" disabled={busy} onClick={saveTemplate}>
          {t('transfer.template_get')}
        </Button>
      </div>
      <button
        type="button"
        className={over ? 'import-drop over' : 'import-drop'}
        disabled={busy}
        onClick={() => input.current?.click()}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          take(event.dataTransfer.files);
        }}
      >
        <svg viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" className="blank-mark">
          <path d="M8 6h22l10 10v26H8zM30 6v10h10M14 24h20M14 31h20M14 38h20M24 20v22" />
        </svg>
        <strong>{t('transfer.drop')}</strong>
        <span>{t('transfer.paste_hint')}</span>
        <span>{t('transfer.drop_hint')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xlsm,.csv,.txt,.tsv"
        aria-label={t('transfer.drop')}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function Done(): ReactNode {
  const t = useText();
  const { committed, undone, target, working, preview } = useImport();
  if (!committed) return null;
  const busy = working !== null;
  return (
    <div className="import-done" role="status">
      <h2>
        {t('transfer.done', { added: committed.added.toLocaleString(), updated: committed.updated.toLocaleString() })}
      </h2>
      <p>
        {t('transfer.done_more', {
          skipped: committed.skipped,
          errors: committed.errors,
          places: committed.places,
          people: committed.people,
        })}
      </p>
      {preview ? (
        <p>
          <Skipped preview={preview} />
        </p>
      ) : null}
      {undone ? (
        <p>{undone.kept > 0 ? t('transfer.undone_kept', undone) : t('transfer.undone', { undone: undone.undone })}</p>
      ) : null}
      <div className="import-buttons">
        <Button type="primary" onClick={() => go(target)}>
          {t('transfer.open_list')}
        </Button>
        <Button disabled={busy} onClick={saveResult}>
          {t('transfer.save_result')}
        </Button>
        {undone ? null : (
          <Button disabled={busy} onClick={undo}>
            {t('transfer.undo')}
          </Button>
        )}
        <Button onClick={() => forget()}>{t('transfer.other_file')}</Button>
      </div>
    </div>
  );
}
