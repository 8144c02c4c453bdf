/** Thirty users by paste: every row is judged before anything is written, corrected in place, and opened in one batch. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { useState, type ClipboardEvent, type ReactNode } from 'react';
import { MOST_ROWS, openFields, type OpenVerdict } from '../../../shared/features/opening.ts';
import { needsSponsor, people } from '../../../shared/features/people.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed } from '../../ui/blank.tsx';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { tsv } from '../../ui/table/tsv.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { BatchRows, RARE } from './batch-rows.tsx';
import { DeviceButton } from './device-dialog.tsx';
import { backAgain, clear, inputOf, openNow, paste, useBatch } from './sheet-store.ts';
import { Ways } from './ways.tsx';

const TABLES = ['bindings', 'subnets', 'address_ranges', 'assets', 'people', 'locations'];

export function BatchPage(): ReactNode {
  const rows = useBatch((state) => state.rows.length);
  return <Page>{rows === 0 ? <PastePart /> : <CheckPart />}</Page>;
}

/** Nothing here yet: a place to paste into, which has the keyboard. */
function PastePart(): ReactNode {
  const t = useText();
  const say = useSay();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const read = async (written: string): Promise<void> => {
    setFailure(null);
    try {
      if ((await paste(written)) === 0) setFailure(t('opening.nothing_read'));
    } catch (error) {
      say.failed(error);
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text/plain');
    // A single word is somebody typing; more than that is read at once.
    if (!/[\t\n]/.test(pasted) || text !== '') return;
    event.preventDefault();
    setText(pasted);
    void read(pasted);
  };
  return (
    <div className="open-paste">
      <div className="open-head">
        <Ways way="rows" />
      </div>
      <Opened />
      <label htmlFor="open-paste">{t('opening.paste')}</label>
      <Input.TextArea
        id="open-paste"
        autoFocus
        rows={12}
        className="mono"
        value={text}
        onPaste={onPaste}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="field-hint">{t('opening.paste_hint')}</p>
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <div className="open-head">
        <Button type="primary" disabled={text.trim() === ''} onClick={() => void read(text)}>
          {t('opening.check')}
        </Button>
      </div>
    </div>
  );
}

/** What was opened last, and what goes on from there. */
function Opened(): ReactNode {
  const t = useText();
  const say = useSay();
  const { undo } = useUndoable();
  const opened = useBatch((state) => state.opened);
  if (!opened) return null;
  const takeBack = async (): Promise<void> => {
    if (await undo(opened.batch)) backAgain();
  };
  const letters = async (): Promise<void> => {
    try {
      go(`print/${(await client.letters.print({ people: [...opened.people] })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const words = opened.left > 0 ? 'opening.opened_left' : 'opening.opened';
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t(words, { n: opened.ids.length, left: opened.left })}
      action={
        <span className="open-head">
          <Button onClick={() => void letters()}>{t('opening.letters')}</Button>
          <DeviceButton wanted={{ ids: opened.ids }} />
          <Button onClick={() => go('addresses')}>{t('opening.to_list')}</Button>
          <Button onClick={() => void takeBack()}>{t('common.undo')}</Button>
        </span>
      }
    />
  );
}

function CheckPart(): ReactNode {
  const t = useText();
  const say = useSay();
  const batch = useBatch();
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const plan = useQuery(
    rpc.opening.plan.queryOptions({
      input: inputOf(batch),
      meta: { tables: TABLES },
      placeholderData: keepPreviousData,
      enabled: !busy,
    }),
  );
  const verdicts = new Map(plan.data?.rows.map((verdict) => [verdict.row, verdict]));
  const isWrong = (verdict: OpenVerdict | undefined): boolean => verdict?.is === 'wrong';
  const wrong = batch.rows.filter(({ row }) => isWrong(verdicts.get(row)));
  const ok = batch.rows.filter(({ row }) => verdicts.get(row)?.is === 'ok').length;
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      await openNow();
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const copyWrong = async (): Promise<void> => {
    const why = (row: number): string => {
      const problems = verdicts.get(row)?.problems ?? [];
      return problems.map(({ code, params }) => refusalText(t, code, params)).join(' ');
    };
    const heads = [...openFields.map((field) => t(`opening.cell.${field}`)), t('common.reason')];
    const lines = wrong.map((row) => [...openFields.map((field) => row[field]), why(row.row)]);
    try {
      await navigator.clipboard.writeText(tsv([heads, ...lines]));
      say.done(t('opening.copied', { n: wrong.length }));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <div className="open-check">
      <div className="open-head">
        <strong role="status">
          {t('opening.counts', { n: batch.rows.length, ok, wrong: wrong.length, people: plan.data?.people ?? 0 })}
        </strong>
        <span className="field-hint">
          {[
            batch.blank > 0 ? t('opening.blank', { n: batch.blank }) : null,
            batch.unknown.length > 0 ? t('opening.unknown', { columns: batch.unknown.join('、') }) : null,
            batch.beyond > 0 ? t('opening.too_many', { most: MOST_ROWS, n: batch.beyond }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="grid-space" />
        <Button onClick={clear}>{t('opening.clear')}</Button>
        {wrong.length > 0 ? <Button onClick={() => void copyWrong()}>{t('opening.copy_left')}</Button> : null}
        <WriteButton type="primary" loading={busy} disabled={ok === 0 || plan.isFetching} onClick={() => void run()}>
          {t('opening.open_now', { n: ok })}
        </WriteButton>
      </div>
      <Opened />
      <Settings wrong={wrong.length} onlyWrong={onlyWrong} onOnlyWrong={setOnlyWrong} />
      {plan.error ? <Failed error={plan.error} retry={() => void plan.refetch()} /> : null}
      <BatchRows
        rows={onlyWrong ? wrong : batch.rows}
        verdicts={verdicts}
        rare={RARE.filter((field) => batch.rows.some((row) => row[field] !== ''))}
      />
    </div>
  );
}

interface SettingsProps {
  readonly wrong: number;
  readonly onlyWrong: boolean;
  readonly onOnlyWrong: (only: boolean) => void;
}
function Settings({ wrong, onlyWrong, onOnlyWrong }: SettingsProps): ReactNode {
  const t = useText();
  const { subnet, register, identity, reason } = useBatch();
  return (
    <div className="open-settings">
      <label htmlFor="open-subnet">{t('opening.default_subnet')}</label>
      <span className="open-subnet">
        <RefPicker
          id="open-subnet"
          table="subnets"
          value={subnet}
          onChange={(id) => useBatch.setState({ subnet: id })}
        />
      </span>
      <Checkbox checked={register} onChange={(event) => useBatch.setState({ register: event.target.checked })}>
        {t('opening.register')}
      </Checkbox>
      <Select
        aria-label={t('opening.identity')}
        className="open-identity"
        disabled={!register}
        value={identity}
        options={people.fields.identity.options
          .filter((code) => !needsSponsor(code))
          .map((code) => ({
            value: code,
            label: optionLabel(t, 'people', 'identity', code),
          }))}
        onChange={(next) => useBatch.setState({ identity: next })}
      />
      <Input
        className="open-reason"
        aria-label={t('common.reason')}
        placeholder={t('opening.reason_hint')}
        maxLength={200}
        defaultValue={reason}
        onBlur={(event) => useBatch.setState({ reason: event.target.value })}
        onPressEnter={(event) => useBatch.setState({ reason: event.currentTarget.value })}
      />
      <span className="grid-space" />
      <Checkbox
        disabled={wrong === 0 && !onlyWrong}
        checked={onlyWrong}
        onChange={(event) => onOnlyWrong(event.target.checked)}
      >
        {t('opening.only_wrong')}
      </Checkbox>
    </div>
  );
}
