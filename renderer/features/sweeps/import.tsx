/** Another scanner's file as a sweep: chosen or dropped, shown as a dry run, then imported with its date. Route: `sweeps/import`. */
import { Alert, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import type { ScanPreview } from '../../../shared/features/discovery/history.ts';
import { momentOf, showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { isStopped, sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Mac, NONE } from '../../ui/text.tsx';
import { makerName } from '../discovery/maker.ts';
import { upload } from '../transfer/pieces.ts';
import '../transfer/transfer.css';

type Step =
  | { readonly is: 'choose' }
  | {
      readonly is: 'working';
      readonly what: 'uploading' | 'reading' | 'writing';
      readonly done: number;
      readonly total: number | null;
    }
  | { readonly is: 'checked'; readonly preview: ScanPreview };

export function ImportView(): ReactNode {
  const t = useText();
  const say = useSay();
  const [step, setStep] = useState<Step>({ is: 'choose' });
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setError(null);
    try {
      await work(own.signal);
    } catch (failure) {
      if (stop.current !== own) return;
      setStep({ is: 'choose' });
      if (!isStopped(failure) && !own.signal.aborted) setError(failure);
    }
  };
  const take = (file: File): void =>
    void run(async (signal) => {
      setStep({ is: 'working', what: 'uploading', done: 0, total: file.size });
      const id = await upload(file, signal, (done) =>
        setStep({ is: 'working', what: 'uploading', done, total: file.size }),
      );
      setStep({ is: 'working', what: 'reading', done: 0, total: null });
      const preview = await client.discovery.history.readScan({ upload: id }, { signal });
      if (!signal.aborted) setStep({ is: 'checked', preview });
    });
  const bring = (preview: ScanPreview, at: number | null): void =>
    void run(async (signal) => {
      setStep({ is: 'working', what: 'writing', done: 0, total: null });
      const { sweep } = await client.discovery.history.importScan(
        { upload: preview.upload, ...(at === null ? {} : { started_at: at }) },
        { signal },
      );
      say.done(t('scan.imported', { name: preview.name, count: sweep.found }));
      go('sweeps');
    });
  return (
    <Page scroll actions={<Button onClick={() => go('sweeps')}>{t('sweeps.back')}</Button>}>
      <div className="import">
        <h2 className="scan-title">{t('scan.title')}</h2>
        {error ? (
          <p className="import-error" role="alert">
            {sentenceOf(error, t)}
          </p>
        ) : null}
        {step.is === 'choose' ? <Choose onFile={take} /> : null}
        {step.is === 'working' ? (
          <div className="import-working">
            <Progress
              label={t(`scan.${step.what}`)}
              done={step.done}
              total={step.total}
              onCancel={() => stop.current?.abort()}
            />
          </div>
        ) : null}
        {step.is === 'checked' ? (
          <Checked
            preview={step.preview}
            onImport={(at) => bring(step.preview, at)}
            onOther={() => setStep({ is: 'choose' })}
          />
        ) : null}
      </div>
    </Page>
  );
}

function Choose({ onFile }: { onFile: (file: File) => void }): ReactNode {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <>
      <button
        type="button"
        className={over ? 'import-drop over' : 'import-drop'}
        onClick={() => input.current?.click()}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          take(event.dataTransfer.files);
        }}
      >
        <strong>{t('scan.drop')}</strong>
        <span>{t('scan.hint')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xml,.csv,.txt"
        aria-label={t('scan.drop')}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** What a picker's fields say, in the unit's own zone. */
const momentOfPicker = (picked: dayjs.Dayjs): number =>
  momentOf(picked.format('YYYY-MM-DD'), picked.hour() * 60 + picked.minute());

function Checked({
  preview,
  onImport,
  onOther,
}: {
  preview: ScanPreview;
  onImport: (at: number | null) => void;
  onOther: () => void;
}): ReactNode {
  const t = useText();
  const [picked, setPicked] = useState<dayjs.Dayjs | null>(
    preview.started_at === null ? null : dayjs(showMoment(preview.started_at).replace(' ', 'T')),
  );
  // the file knows the second, the picker only the minute: what was not touched stays as it is in the file
  const touched =
    picked !== null &&
    (preview.started_at === null || picked.format('YYYY-MM-DD HH:mm') !== showMoment(preview.started_at));
  return (
    <section className="scan-checked" aria-label={t('scan.title')}>
      <h3>{t('scan.checked', { name: preview.name, hosts: preview.hosts.toLocaleString() })}</h3>
      <p>
        {t(`sweeps.source.${preview.source}`)} · {preview.format.toUpperCase()} ·{' '}
        {t('scan.covered', { count: preview.covered })}
        {preview.scope.length > 0 ? <span className="mono"> {preview.scope.join(' ')}</span> : null}
      </p>
      <p>{t('scan.with', preview.with)}</p>
      {preview.partial ? <Alert className="inner-alert" type="warning" showIcon title={t('scan.partial')} /> : null}
      {preview.dropped.length > 0 ? (
        <>
          <p>{t('scan.dropped')}</p>
          <ul className="scan-dropped">
            {preview.dropped.map(({ why, n, examples }) => {
              const text = t(`scan.why.${why}`, { count: n });
              return (
                <li key={why}>
                  {examples.length === 0 ? text : t('scan.example', { text, examples: examples.join(' ') })}
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
      {preview.sample.length > 0 ? (
        <table className="plain-table scan-sample">
          <thead>
            <tr>
              <th>{t('discovery.ip')}</th>
              <th>{t('discovery.mac')}</th>
              <th>{t('discovery.name')}</th>
              <th>{t('discovery.vendor')}</th>
              <th>{t('sweeps.field.ports')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.sample.map((host) => (
              <tr key={host.ip}>
                <td className="mono">{host.ip}</td>
                <td>
                  <Mac hex={host.mac} />
                </td>
                <td>{host.name ?? NONE}</td>
                <td>{host.vendor === null ? NONE : makerName(host.vendor, t)}</td>
                <td className="mono">{host.ports.slice(0, 12).join(' ') || NONE}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div className="field scan-when">
        <label htmlFor="scan-when">{t('scan.when')}</label>
        <DatePicker
          id="scan-when"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={picked}
          onChange={(next: dayjs.Dayjs | null) => setPicked(next)}
        />
        <p className="field-hint">{t(preview.started_at === null ? 'scan.when_hint' : 'scan.when_check')}</p>
      </div>
      <div className="import-buttons">
        <Button
          type="primary"
          disabled={picked === null || (preview.hosts === 0 && preview.covered === 0)}
          onClick={() => onImport(touched ? momentOfPicker(picked) : null)}
        >
          {t('scan.import')}
        </Button>
        <Button onClick={onOther}>{t('scan.other')}</Button>
      </div>
    </section>
  );
}
