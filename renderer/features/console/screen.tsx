/** Console paste: what a switch printed is pasted, read at once, shown with what it would change, and taken over with one press. */
import { App, Button, Input, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { MAX_TEXT } from '../../../shared/features/console/clean.ts';
import { consoleTables, vendors, type ConsoleTable, type Vendor } from '../../../shared/features/console/rows.ts';
import type { ConsolePreview } from '../../../shared/features/console.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { Page } from '../../ui/page.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Recognised } from './recognised.tsx';
import '../switches/switches.css';
import './console.css';

/** Long enough that typing is not read letter by letter. */
const PAUSE_MS = 400;
const IN_TEN_THOUSANDS = 10_000;
type Taken = Awaited<ReturnType<typeof client.console.take>>;

export function ConsoleScreen(): ReactNode {
  const t = useText();
  const say = useSay();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [vendor, setVendor] = useState<Vendor | null>(null);
  const [table, setTable] = useState<ConsoleTable | null>(null);
  const [assets, setAssets] = useState<Record<string, string>>({});
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<ConsolePreview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const tooLong = text.length > MAX_TEXT;
  const empty = text.trim() === '';

  const order = { text, assets, ...(vendor ? { vendor } : {}), ...(table ? { table } : {}) };
  useEffect(() => {
    if (empty || tooLong) return setSeen(null);
    let late = false;
    const timer = setTimeout(() => {
      client.console.read(order).then(
        (preview) => {
          if (late) return;
          setSeen(preview);
          setFailure(null);
        },
        (error: unknown) => {
          if (!late) setFailure(sentenceOf(error, t));
        },
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `order` is made of the other four
  }, [text, vendor, table, assets]);

  const clear = (): void => {
    setText('');
    setAssets({});
    setAccepted(new Set());
    setSeen(null);
    setFailure(null);
  };
  const takeBack = async ({ batch, reads }: Taken): Promise<void> => {
    message.destroy('console');
    try {
      await client.console.takeBack({ batch, reads });
      say.done(t('ipam.undone'));
    } catch (error) {
      say.failed(error);
    }
  };
  const take = async (): Promise<void> => {
    const left = (seen?.switches ?? [])
      .filter(({ asset }) => asset === null)
      .map(({ host }) => host || t('console.no_host'));
    setBusy(true);
    try {
      const taken = await client.console.take({ ...order, accept: [...accepted] });
      void message.open({
        key: 'console',
        type: 'success',
        duration: 10,
        content: (
          <span className="undoable">
            {t('console.taken', { reads: taken.reads.length, created: taken.created, changed: taken.changed })}
            {left.length === 0 ? null : t('console.left', { hosts: left.join('、') })}
            <Button size="small" onClick={() => void takeBack(taken)}>
              {t('common.undo')}
            </Button>
          </span>
        ),
      });
      // What belongs to no switch yet was not written: it stays in the box.
      if (left.length === 0) clear();
      else {
        setAccepted(new Set());
        setSeen(await client.console.read(order));
      }
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const ready = seen !== null && seen.switches.some(({ asset }) => asset !== null);
  const sentence = tooLong
    ? t('refusal.console_too_long', {
        size: Math.ceil(text.length / IN_TEN_THOUSANDS),
        most: MAX_TEXT / IN_TEN_THOUSANDS,
      })
    : failure;
  return (
    <Page
      scroll
      actions={
        <Button type="primary" disabled={!ready || tooLong} loading={busy} onClick={() => void take()}>
          {t('console.take')}
        </Button>
      }
    >
      <div className="console">
        <p className="field-hint">{t('console.hint')}</p>
        <div className="console-bar">
          <Select
            aria-label={t('console.vendor')}
            value={vendor}
            onChange={setVendor}
            options={[
              { value: null, label: t('console.vendor_auto') },
              ...vendors.map((each) => ({ value: each, label: t(`console.vendor.${each}`) })),
            ]}
          />
          <Select
            aria-label={t('console.table')}
            value={table}
            onChange={setTable}
            options={[
              { value: null, label: t('console.table_auto') },
              ...consoleTables.map((each) => ({ value: each, label: t(`console.table.${each}`) })),
            ]}
          />
          <Button disabled={empty} onClick={clear}>
            {t('console.clear')}
          </Button>
        </div>
        <div className="console-box">
          <Input.TextArea
            autoFocus
            rows={seen === null ? 14 : 7}
            spellCheck={false}
            aria-label={t('console.box')}
            placeholder={t('console.box')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {sentence === null ? null : <p role="alert">{sentence}</p>}
        {seen === null || empty ? (
          <Commands />
        ) : (
          <Recognised
            seen={seen}
            choose={(host, id) => setAssets({ ...assets, [host]: id })}
            accepted={accepted}
            accept={(id, on) =>
              setAccepted(new Set(on ? [...accepted, id] : [...accepted].filter((each) => each !== id)))
            }
          />
        )}
      </div>
    </Page>
  );
}

/** Nothing pasted yet: what to type at the switch. */
function Commands(): ReactNode {
  const t = useText();
  return (
    <dl className="console-commands">
      {vendors.map((vendor) => (
        <div key={vendor} style={{ display: 'contents' }}>
          <dt>{t(`console.vendor.${vendor}`)}</dt>
          <dd>{t(`console.commands.${vendor}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
