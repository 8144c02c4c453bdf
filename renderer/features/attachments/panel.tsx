/** Photos and scans of one record: a grid of thumbnails that takes files by button, by drop and by paste. */
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useEffectEvent, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { attachmentTypes, type Attachable, type ShownAttachment } from '../../../shared/features/attachments.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Failed } from '../../ui/blank.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useUndoable } from '../ipam/undo.tsx';
import './attachments.css';
import { bring, CannotAdd } from './bring.ts';
import { Viewer } from './viewer.tsx';
import { BlobMark } from './words.tsx';
import { WriteButton } from '../sync/write-button.tsx';

const ACCEPT = [...attachmentTypes, 'jpeg'].map((type) => `.${type}`).join(',');

interface Adding {
  readonly key: number;
  readonly name: string;
  readonly percent: number;
}
let lastKey = 0;

export function Attachments({ table, id }: { table: Attachable; id: string }): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const list = useQuery(
    rpc.attachments.list.queryOptions({ input: { table, id }, meta: { tables: ['attachments', 'blobs', 'sync'] } }),
  );
  const [adding, setAdding] = useState<readonly Adding[]>([]);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const rows = list.data ?? [];

  const addOne = async (file: File): Promise<void> => {
    const key = (lastKey += 1);
    const tell = (percent: number): void =>
      setAdding((all) => [...all.filter((each) => each.key !== key), { key, name: file.name, percent }]);
    tell(0);
    try {
      const { name, batch } = await bring(file, { table, id }, t, tell);
      undoable.done(t('attachments.added', { name }), batch);
    } catch (error) {
      setProblems((all) => [...all, error instanceof CannotAdd ? error.message : sentenceOf(error, t)]);
    } finally {
      setAdding((all) => all.filter((each) => each.key !== key));
    }
  };
  /** One after the other: ten photos at once would be ten decoded pictures in memory. */
  const add = async (chosen: readonly File[]): Promise<void> => {
    setProblems([]);
    for (const file of chosen) await addOne(file);
  };
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    void add(pasted);
  });
  useEffect(() => {
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, []);
  const drag = (event: DragEvent, entering: boolean): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(entering);
  };
  const take = (input: HTMLInputElement): void => {
    void add([...(input.files ?? [])]);
    input.value = '';
  };
  const current = rows.find((row) => row.id === shown);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop files on; the button beside it does the same by keyboard
    <section
      className={over ? 'attachments over' : 'attachments'}
      aria-label={t('attachments.title')}
      onDragEnter={(event) => drag(event, true)}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        drag(event, false);
        void add([...event.dataTransfer.files]);
      }}
    >
      <header className="attachments-head">
        <h3>
          {t('attachments.title')} {rows.length > 0 ? <span className="attachments-count">{rows.length}</span> : null}
        </h3>
        <span className="field-hint">{t(over ? 'attachments.drop' : 'attachments.hint_short')}</span>
        <WriteButton size="small" className="attachments-camera" onClick={() => camera.current?.click()}>
          {t('attachments.camera')}
        </WriteButton>
        <WriteButton size="small" title={t('attachments.hint')} onClick={() => files.current?.click()}>
          {t('attachments.add')}
        </WriteButton>
        <input
          ref={files}
          type="file"
          hidden
          multiple
          accept={ACCEPT}
          onChange={(event) => take(event.currentTarget)}
          data-files="any"
        />
        <input
          ref={camera}
          type="file"
          hidden
          accept="image/*"
          capture="environment"
          onChange={(event) => take(event.currentTarget)}
        />
      </header>
      {list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
      {problems.length > 0 ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          closable={{ onClose: () => setProblems([]), 'aria-label': t('common.close') }}
          title={problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        />
      ) : null}
      {rows.length > 0 || adding.length > 0 ? (
        <ul className="attachments-grid">
          {rows.map((row) => (
            <li key={row.id}>
              <Tile row={row} onOpen={() => setShown(row.id)} />
            </li>
          ))}
          {adding.map(({ key, name, percent }) => (
            <li key={key} className="attachment-adding" role="status">
              {t('attachments.adding', { name, percent })}
            </li>
          ))}
        </ul>
      ) : null}
      {current ? <Viewer row={current} rows={rows} onShow={setShown} onClose={() => setShown(null)} /> : null}
    </section>
  );
}

function Tile({ row, onOpen }: { row: ShownAttachment; onOpen: () => void }): ReactNode {
  return (
    <button
      type="button"
      className="attachment"
      onClick={onOpen}
      title={row.note ? `${row.name}\n${row.note}` : row.name}
    >
      <span className="attachment-picture">
        {row.thumb ? (
          <img src={`data:image/webp;base64,${row.thumb}`} alt="" />
        ) : (
          <span className="attachment-type">{row.type.toUpperCase()}</span>
        )}
      </span>
      <span className="attachment-name">{row.name}</span>
      <BlobMark row={row} />
    </button>
  );
}
