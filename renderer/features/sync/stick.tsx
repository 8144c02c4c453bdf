/** Sync by USB stick, in the order it is carried: write a file here, take it in at the store, read its answer here. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { BUNDLE_PIECE_CHARS, type BundleNote, type SyncEvent, type SyncStatus } from '../../../shared/features/sync.ts';
import { dayOf, showMoment } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { fromBase64, saveFile, toBase64 } from '../../ui/files.ts';
import { Progress } from '../../ui/progress.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { showSize } from '../backup.tsx';
import './stick.css';

const PIECE_BYTES = (BUNDLE_PIECE_CHARS / 4) * 3;

async function write(): Promise<BundleNote | null> {
  const parts: BlobPart[] = [];
  for await (const event of await client.sync.exportBundle()) {
    if (event.is === 'bytes') parts.push(fromBase64(event.data));
    else {
      saveFile(event.note.name, new Blob(parts), 'application/octet-stream');
      return event.note;
    }
  }
  return null;
}

async function read(file: File, tell: (event: SyncEvent) => void): Promise<void> {
  let id: string | undefined;
  for (let at = 0; at < file.size || id === undefined; at += PIECE_BYTES) {
    const data = toBase64(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    ({ id } = await client.sync.bringBundle({ id, data }));
  }
  for await (const event of await client.sync.importBundle({ id })) tell(event);
}

export function Stick({ status }: { status: SyncStatus }): ReactNode {
  const t = useText();
  const say = useSay();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [reading, setReading] = useState<SyncEvent | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(rpc.sync.bundles.queryOptions({ meta: { tables: ['sync'] } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await work();
    } catch (failure) {
      setRefused(sentenceOf(failure, t));
    } finally {
      setBusy(false);
      setReading(null);
    }
  };
  const take = (file: File): Promise<void> =>
    run(async () => {
      let last: SyncEvent | null = null;
      await read(file, (event) => {
        last = event;
        setReading(event);
      });
      const summary = (last as SyncEvent | null)?.summary;
      if (summary) say.done(t('sync.stick.readDone', { sent: summary.sent, received: summary.received }));
    });
  const waits = status.unsynced - status.waiting;
  return (
    <section className="stick">
      <p className="stick-lead">{t('sync.stick.lead')}</p>
      {refused === null ? null : (
        <p className="stick-refused" role="alert">
          {refused}
        </p>
      )}
      <ol className="stick-steps">
        <li>
          <h3>{t('sync.stick.step1')}</h3>
          <p>{waits === 0 ? t('sync.stick.nothing') : t('sync.stick.waits', { n: waits.toLocaleString() })}</p>
          <Button
            type={data.out ? 'default' : 'primary'}
            disabled={busy || status.running}
            onClick={() => void run(async () => void (await write()))}
          >
            {t('sync.stick.write')}
          </Button>
          {data.out ? <Note label={t('sync.stick.lastOut')} note={data.out} text={outText(t, data.out)} /> : null}
        </li>
        <li>
          <h3>{t('sync.stick.step2')}</h3>
          <p>{t('sync.stick.atStore')}</p>
          <code className="mono stick-command">npm run hub -- bundle {data.out?.name ?? 'L02-20261122-1.lanbook'}</code>
          <p className="field-hint">{t('sync.stick.meanwhile')}</p>
        </li>
        <li>
          <h3>{t('sync.stick.step3')}</h3>
          <p>{t('sync.stick.pick')}</p>
          <Button
            type={data.out ? 'primary' : 'default'}
            disabled={busy || status.running}
            onClick={() => picker.current?.click()}
          >
            {t('sync.stick.read')}
          </Button>
          <input
            ref={picker}
            className="unseen"
            type="file"
            tabIndex={-1}
            aria-label={t('sync.stick.read')}
            accept=".lanbook"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void take(file);
            }}
          />
          {reading ? (
            <Progress label={t(`sync.phase.${reading.phase}`)} done={reading.done} total={reading.total} />
          ) : null}
          {data.in ? <Note label={t('sync.stick.lastIn')} note={data.in} text={inText(t, data.in)} /> : null}
        </li>
      </ol>
    </section>
  );
}

function outText(t: Text, { commits, from_at: from, to_at: to }: BundleNote): string {
  if (commits === 0 || from === null || to === null) return t('sync.stick.holdsNone');
  const [first, last] = [dayOf(from), dayOf(to)];
  return first === last
    ? t('sync.stick.holdsOf', { n: commits, day: first })
    : t('sync.stick.holds', { n: commits, from: first, to: last });
}
const inText = (t: Text, { commits, received }: BundleNote): string =>
  t('sync.stick.readDone', { sent: commits, received });

function Note({ label, note, text }: { label: string; note: BundleNote; text: string }): ReactNode {
  return (
    <dl className="stick-note">
      <dt>{label}</dt>
      <dd>
        <span className="mono">{note.name}</span>
        <span>{text}</span>
        <span className="field-hint">
          {showMoment(note.at)} · {showSize(note.bytes)}
        </span>
      </dd>
    </dl>
  );
}
