/** Export: the form or the list as shown, with what changed since the last submitted copy in red; marking it as submitted. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Radio } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { dayOf } from '../../../shared/day.ts';
import { isForm, type Form, type List } from '../../../shared/features/transfer/forms.ts';
import type { ListQuery } from '../../../shared/list.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { saveFile } from '../../ui/files.ts';
import { Progress } from '../../ui/progress.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { shownColumns } from '../../ui/table/shown.ts';
import { useTableView, viewQuery } from '../../ui/table/view.ts';
import { fetchFile, XLSX, type Fetched } from './pieces.ts';
import { SubmitDialog } from './submit-dialog.tsx';
import './transfer.css';

/** A workbook as it was made, with the filters it shows. */
interface Made extends Fetched {
  readonly query: { text?: string; filter: NonNullable<ListQuery['filter']>; sort: NonNullable<ListQuery['sort']> };
  readonly isSaved: boolean;
}

export function ExportSheet({
  table,
  form,
  open,
  onClose,
}: {
  table: string;
  form: Form | List;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  return (
    <Sheet open={open} title={t('transfer.export')} onClose={onClose} width={460}>
      <ExportForm table={table} form={form} />
    </Sheet>
  );
}

function ExportForm({ table, form }: { table: string; form: Form | List }): ReactNode {
  const t = useText();
  const say = useSay();
  const view = useTableView(table);
  const { text, filter, sort } = viewQuery(view);
  const query = { ...(text === undefined ? {} : { text }), filter: filter ?? [], sort: sort ?? [] };
  const [layout, setLayout] = useState<'form' | 'list'>(isForm(form) ? 'form' : 'list');
  const [red, setRed] = useState(true);
  const [at, setAt] = useState<{ done: number; total: number } | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [asking, setAsking] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const submissions = useQuery({
    ...rpc.transfer.submissions.queryOptions({
      input: { form: isForm(form) ? form : 'F-03' },
      meta: { tables: ['documents'] },
    }),
    enabled: isForm(form),
  });
  const last = submissions.data?.[0];
  const narrowed = text !== undefined || query.filter.length > 0;
  const make = async (): Promise<Made | null> => {
    const control = new AbortController();
    stop.current = control;
    setMade(null);
    setAt({ done: 0, total: 0 });
    try {
      const columns = layout === 'list' ? [...shownColumns(table)] : undefined;
      const events = await client.transfer.export(
        { form, query, ...(columns ? { columns } : {}), marks: red },
        { signal: control.signal },
      );
      return { ...(await fetchFile(events, (done, total) => setAt({ done, total }))), query, isSaved: false };
    } catch (error) {
      say.failed(error);
      return null;
    } finally {
      setAt(null);
    }
  };
  const save = async (): Promise<void> => {
    const copy = await make();
    if (!copy) return;
    saveFile(copy.file.name, copy.content, XLSX);
    setMade({ ...copy, isSaved: true });
  };
  // What is frozen is the file that was saved, by its position in the register and its own filters; without one, it is made first.
  const ask = async (): Promise<void> => {
    const copy = layout === 'form' && made?.file.position != null ? made : await make();
    if (!copy) return;
    setMade(copy);
    setAsking(true);
  };
  const submit = async (alsoSave: boolean): Promise<void> => {
    if (!isForm(form) || made?.file.position == null) return;
    const { query: shown, file, content } = made;
    const { number, rows } = await client.transfer.submit({ form, query: shown, position: file.position ?? undefined });
    if (alsoSave) saveFile(file.name, content, XLSX);
    say.done(t('transfer.submitted', { number, rows: rows.toLocaleString() }));
    setAsking(false);
    // Its counts are against the copy that is now replaced
    setMade(null);
  };
  return (
    <div className="export">
      {isForm(form) ? (
        <fieldset className="export-part">
          <legend>{t('transfer.layout')}</legend>
          <Radio.Group
            value={layout}
            onChange={(event) => setLayout(event.target.value === 'list' ? 'list' : 'form')}
            className="export-layouts"
          >
            <Radio value="form">
              {t(`transfer.form.${form}`)}
              <span className="field-hint">{t('transfer.layout_form_hint', { form })}</span>
            </Radio>
            <Radio value="list">
              {t('transfer.layout_list')}
              <span className="field-hint">{t('transfer.layout_list_hint')}</span>
            </Radio>
          </Radio.Group>
        </fieldset>
      ) : null}
      <dl className="export-part">
        <dt>{t('transfer.scope')}</dt>
        <dd>{narrowed ? t('transfer.scope_filtered') : t('transfer.scope_all')}</dd>
      </dl>
      {layout === 'form' ? (
        <div className="export-part">
          <Checkbox
            checked={red && last !== undefined}
            disabled={last === undefined}
            onChange={(event) => setRed(event.target.checked)}
          >
            {t('transfer.red')}
          </Checkbox>
          <p className="field-hint">
            {last
              ? t('transfer.red_since', { number: last.number, day: dayOf(last.made_at) })
              : t('transfer.red_never')}
          </p>
        </div>
      ) : null}
      {at ? (
        <Progress
          label={t('transfer.making')}
          done={at.done}
          total={at.total || null}
          onCancel={() => stop.current?.abort()}
        />
      ) : (
        <Button type="primary" block onClick={() => void save()}>
          {t('transfer.save_file')}
        </Button>
      )}
      {made?.isSaved ? (
        <p role="status">
          {t('transfer.made', { rows: made.file.rows.toLocaleString() })}
          {made.file.marks ? `${t('transfer.join')}${t('transfer.made_marks', made.file.marks)}` : ''}
        </p>
      ) : null}
      {layout === 'form' ? (
        <div className="export-part export-submit">
          <Button disabled={at !== null} onClick={() => void ask()}>
            {t('transfer.submit')}
          </Button>
          <p className="field-hint">{t('transfer.submit_hint')}</p>
        </div>
      ) : null}
      {asking && made ? (
        <SubmitDialog
          file={made.file}
          last={last ? { number: last.number, day: dayOf(last.made_at) } : null}
          isPart={(made.query.text ?? '') !== '' || made.query.filter.length > 0}
          isSaved={made.isSaved}
          run={submit}
          onClose={() => {
            setAsking(false);
            // Nothing was saved: the copy is given up, and the next press makes a new one
            if (!made.isSaved) setMade(null);
          }}
        />
      ) : null}
    </div>
  );
}
