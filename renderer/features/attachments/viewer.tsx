/** One attachment large: a picture with zoom, or what is known of a file that is not opened here. Only pictures are ever rendered. */
import { Alert, Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { copyName, mimeOf, type ShownAttachment } from '../../../shared/features/attachments.ts';
import { imageTypes } from '../../../shared/features/attachments/image.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { saveFile } from '../../ui/files.ts';
import { useKey } from '../../ui/keys.ts';
import { isStopped, sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { showSize } from '../backup.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { useQuery } from '@tanstack/react-query';
import { fetchBytes } from './bring.ts';
import { EditDialog } from './edit-dialog.tsx';
import { BlobMark } from './words.tsx';

const isPicture = ({ type }: ShownAttachment): boolean => (imageTypes as readonly string[]).includes(type);
const typeOf = ({ type }: ShownAttachment): string => (mimeOf as Readonly<Record<string, string>>)[type] ?? '';
const STEP = 1.5;
const MOST = 8;

interface Props {
  readonly row: ShownAttachment;
  readonly rows: readonly ShownAttachment[];
  readonly onShow: (id: string) => void;
  readonly onClose: () => void;
}

export function Viewer({ row, rows, onShow, onClose }: Props): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [editing, setEditing] = useState(false);
  const at = rows.findIndex(({ id }) => id === row.id);
  const go = (step: number): void => {
    const next = rows[at + step];
    if (next) onShow(next.id);
  };
  useKey('arrowleft', () => go(-1), !editing);
  useKey('arrowright', () => go(1), !editing);
  const save = async (): Promise<void> => {
    try {
      const name = copyName(row);
      saveFile(name, new Blob(await fetchBytes(row.id, new AbortController().signal)), typeOf(row));
      say.done(t('attachments.saved', { name }));
    } catch (error) {
      say.failed(error);
    }
  };
  const remove = async (): Promise<void> => {
    try {
      const { batch } = await client.attachments.remove({ id: row.id });
      undoable.done(t('attachments.removed', { name: row.name }), batch);
      onClose();
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Sheet
      open
      width={960}
      title={<span className="attachment-title">{row.name}</span>}
      onClose={onClose}
      actions={
        <>
          <Button disabled={at <= 0} onClick={() => go(-1)}>
            {t('attachments.previous')}
          </Button>
          <Button disabled={at >= rows.length - 1} onClick={() => go(1)}>
            {t('attachments.next')}
          </Button>
          <Button onClick={() => setEditing(true)}>{t('attachments.edit')}</Button>
          <Button disabled={!row.here} onClick={() => void save()}>
            {t('attachments.save_copy')}
          </Button>
          <Button danger onClick={() => void remove()}>
            {t('attachments.remove')}
          </Button>
        </>
      }
    >
      <div className="attachment-view">
        <p className="attachment-facts">
          <BlobMark row={row} /> <span>{showSize(row.size)}</span>{' '}
          <span>
            {t('attachments.by', {
              name: row.author.slice(0, row.author.lastIndexOf('@')),
              machine: row.machine,
              at: showMoment(row.at),
            })}
          </span>
        </p>
        {row.note ? <p className="attachment-note">{row.note}</p> : null}
        {row.here ? null : <Away row={row} />}
        {isPicture(row) ? (
          <Picture key={row.id} row={row} />
        ) : (
          <p className="attachment-other">
            <span className="attachment-type">{row.type.toUpperCase()}</span> {t('attachments.no_preview')}
          </p>
        )}
      </div>
      {editing ? <EditDialog row={row} onClose={() => setEditing(false)} /> : null}
    </Sheet>
  );
}

/** Asks for the original as soon as somebody looks for it, and says what it waits for. */
function Away({ row }: { row: ShownAttachment }): ReactNode {
  const t = useText();
  const status = useQuery(rpc.sync.status.queryOptions({ input: { probe: false }, meta: { tables: ['sync'] } })).data;
  useEffect(() => {
    void client.attachments.want({ id: row.id }).catch(() => undefined);
  }, [row.id]);
  const why = row.state === 'pending' ? 'pending' : status?.enrolled && status.online !== false ? 'coming' : 'offline';
  return <Alert type="info" showIcon title={t(`attachments.away.${why}`, { machine: row.machine })} />;
}

function Picture({ row }: { row: ShownAttachment }): ReactNode {
  const t = useText();
  const [url, setUrl] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [zoom, setZoom] = useState(1);
  const { id, here } = row;
  const type = typeOf(row);
  useEffect(() => {
    if (!here) return;
    const halt = new AbortController();
    let made: string | null = null;
    fetchBytes(id, halt.signal).then(
      (pieces) => {
        if (halt.signal.aborted) return;
        made = URL.createObjectURL(new Blob(pieces, { type }));
        setUrl(made);
      },
      (error: unknown) => {
        if (!halt.signal.aborted && !isStopped(error)) setFailure(sentenceOf(error, t));
      },
    );
    return () => {
      halt.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [id, here, type, t]);
  const change = (factor: number): void => setZoom((now) => Math.min(MOST, Math.max(1, now * factor)));
  useKey('+', () => change(STEP));
  useKey('=', () => change(STEP));
  useKey('-', () => change(1 / STEP));
  useKey('0', () => setZoom(1));
  const source = url ?? (row.thumb ? `data:image/webp;base64,${row.thumb}` : null);
  return (
    <>
      <div className="attachment-zoom">
        <Button size="small" disabled={zoom <= 1} onClick={() => change(1 / STEP)}>
          {t('attachments.zoom_out')}
        </Button>
        <Button size="small" disabled={zoom === 1} onClick={() => setZoom(1)}>
          {t('attachments.zoom_fit')}
        </Button>
        <Button size="small" disabled={zoom >= MOST || url === null} onClick={() => change(STEP)}>
          {t('attachments.zoom_in')}
        </Button>
      </div>
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls a zoomed picture */}
      <div className="attachment-stage" tabIndex={0} role="group" aria-label={row.name}>
        {source ? (
          <img
            className={url ? undefined : 'attachment-stand-in'}
            src={source}
            alt={row.name}
            style={zoom === 1 ? undefined : { width: `${zoom * 100}%`, maxWidth: 'none', maxHeight: 'none' }}
            onError={() => {
              if (url) setFailure(t('refusal.attachment_damaged', { name: row.name }));
            }}
          />
        ) : null}
      </div>
    </>
  );
}
