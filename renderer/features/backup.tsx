/** Backups in the settings: the list, one now, one from a file, and a restore in two steps that says what would be lost. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { BACKUP_PIECE_CHARS, type Backup } from '../../shared/features/backup.ts';
import { dayOf, showMoment } from '../../shared/day.ts';
import { keyOf, useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { client } from '../rpc.ts';
import { Loading } from '../ui/blank.tsx';
import { saveFile } from '../ui/files.ts';
import { useSay } from '../ui/say.ts';
import { State } from '../ui/state.tsx';
import { RestoreDialog, type Inspection } from './backup/restore-dialog.tsx';
import './backup/backup.css';

const MB = 1024 * 1024;
const LOW = 500 * MB;
export const showSize = (bytes: number): string =>
  bytes < MB
    ? `${Math.ceil(bytes / 1024)} KB`
    : bytes >= 1024 * MB
      ? `${(bytes / 1024 / MB).toFixed(1)} GB`
      : `${(bytes / MB).toFixed(1)} MB`;
const PIECE_BYTES = (BACKUP_PIECE_CHARS / 4) * 3;

/** Base64 of a part of a file; `btoa` takes characters, one for each byte. */
async function base64Of(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

async function bring(file: File): Promise<string> {
  let staged: string | undefined;
  for (let at = 0; at < file.size || staged === undefined; at += PIECE_BYTES)
    ({ staged } = await client.system.stageBackup({ staged, data: await base64Of(file.slice(at, at + PIECE_BYTES)) }));
  return staged;
}

async function download({ name, taken_at }: Backup, unit: string): Promise<void> {
  const parts: BlobPart[] = [];
  for await (const { data } of await client.system.backupFile({ name }))
    parts.push(Uint8Array.from(atob(data), (char) => char.charCodeAt(0)));
  saveFile(`${unit}-${dayOf(taken_at)}.lanbook`, new Blob(parts), 'application/gzip');
}

export function BackupPanel(): ReactNode {
  const t = useText();
  const say = useSay();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [inspected, setInspected] = useState<Inspection | null>(null);
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const { data, refetch } = useQuery(rpc.system.backups.queryOptions());
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
      void refetch();
    }
  };
  const backUp = (): Promise<void> =>
    run(async () => {
      const { rows } = await client.system.backup();
      say.done(t('backup.done', { rows: rows ?? 0 }));
    });
  const look = (backup: Backup): Promise<void> =>
    run(async () =>
      setInspected({
        ...(await client.system.inspectBackup({ name: backup.name })),
        title: showMoment(backup.taken_at),
      }),
    );
  const lookInto = (file: File): Promise<void> =>
    run(async () =>
      setInspected({ ...(await client.system.inspectBackup({ staged: await bring(file) })), title: file.name }),
    );
  if (!data) return <Loading />;
  const { backups, free, folder, problem } = data;
  const sentence = problem ? keyOf(`refusal.${problem.code}`) : null;
  return (
    <section className="setting">
      <div>
        <h3>{t('backup.title')}</h3>
        <p className="field-hint">{t('backup.hint')}</p>
      </div>
      <div className="backup">
        <div className="backup-bar">
          <Button type="primary" loading={busy} onClick={() => void backUp()}>
            {t('backup.now')}
          </Button>
          <Button disabled={busy} onClick={() => picker.current?.click()}>
            {t('backup.upload')}
          </Button>
          <input
            ref={picker}
            className="unseen"
            type="file"
            tabIndex={-1}
            aria-label={t('backup.upload')}
            accept=".lanbook,.db,.gz"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void lookInto(file);
            }}
          />
          <span className="field-hint">{t('backup.free', { free: showSize(free) })}</span>
        </div>
        {free < LOW ? <State tone="warn">{t('backup.low')}</State> : null}
        {problem && sentence ? (
          <p className="backup-problem" role="alert">
            {t('backup.last_problem', { at: showMoment(problem.at), sentence: t(sentence, problem.params) })}
          </p>
        ) : null}
        {backups.length === 0 ? (
          <p className="field-hint">{t('backup.none')}</p>
        ) : (
          <div className="backup-list">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('backup.time')}</th>
                  <th scope="col">{t('backup.kind')}</th>
                  <th scope="col">{t('backup.state')}</th>
                  <th scope="col" className="right">
                    {t('backup.rows')}
                  </th>
                  <th scope="col" className="right">
                    {t('backup.size')}
                  </th>
                  <th scope="col">
                    <span className="unseen">{t('backup.restore')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {backups.map((backup) => (
                  <tr key={backup.name}>
                    <td>{showMoment(backup.taken_at)}</td>
                    <td>{t(`backup.kind.${backup.kind}`)}</td>
                    <td>
                      <State tone={backup.verified ? 'good' : 'off'}>
                        {t(backup.verified ? 'backup.verified' : 'backup.unverified')}
                      </State>
                    </td>
                    <td className="right">{backup.rows?.toLocaleString()}</td>
                    <td className="right">{showSize(backup.size)}</td>
                    <td className="backup-actions">
                      <Button
                        size="small"
                        type="text"
                        disabled={busy}
                        onClick={() => void run(() => download(backup, state?.setup?.unit ?? 'Lanbook'))}
                      >
                        {t('backup.download')}
                      </Button>
                      <Button size="small" disabled={busy} onClick={() => void look(backup)}>
                        {t('backup.restore')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <p className="field-hint">
          {t('backup.folder')} <span className="mono">{folder}</span>
        </p>
        <RestoreDialog key={inspected?.staged} inspected={inspected} onClose={() => setInspected(null)} />
      </div>
    </section>
  );
}
