/** Settings: which table of card makers is in use, a newer one from the IEEE's files on a USB stick, and the way back. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { registries, type VendorState } from '../../../shared/features/discovery/vendors.ts';
import { dayOf } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { queries, rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { upload } from '../transfer/pieces.ts';

const question = rpc.discovery.vendors.state.queryOptions();
const sum = ({ prefixes }: VendorState): number => registries.reduce((total, each) => total + prefixes[each], 0);

export function VendorPanel(): ReactNode {
  const t = useText();
  const say = useSay();
  const picker = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useQuery(question);
  /** The file being read, or '' for other work. */
  const [busy, setBusy] = useState<string | null>(null);
  const run = async (work: () => Promise<string>): Promise<void> => {
    setBusy('');
    try {
      say.done(await work());
    } catch (failure) {
      say.failed(failure);
    } finally {
      setBusy(null);
    }
  };
  const told = (state: VendorState): VendorState => queries.setQueryData(question.queryKey, state) ?? state;
  const bring = (files: readonly File[]): Promise<void> =>
    run(async () => {
      const uploads: string[] = [];
      for (const file of files) {
        setBusy(file.name);
        uploads.push(await upload(file, new AbortController().signal, () => undefined));
      }
      return t('vendors.updated', { total: sum(told(await client.discovery.vendors.update({ uploads }))) });
    });
  const reset = (): Promise<void> =>
    run(async () => {
      told(await client.discovery.vendors.reset());
      return t('vendors.was_reset');
    });
  return (
    <section className="setting">
      <div>
        <h3>{t('vendors.title')}</h3>
        <p className="field-hint">{t('vendors.intro')}</p>
      </div>
      <div>
        {error ? <Failed error={error} retry={() => void refetch()} /> : null}
        {data || error ? null : <Loading />}
        {data ? (
          <>
            <p>
              <State tone="good">
                {data.updated_at === null ? t('vendors.built_in') : t('vendors.file', { day: dayOf(data.updated_at) })}
              </State>{' '}
              {t('vendors.prefixes', { total: sum(data) })}
            </p>
            <p className="field-hint">
              {registries.map((each) => t(`vendors.registry.${each}`, { count: data.prefixes[each] })).join('　')}
            </p>
            <p className="field-hint">{t('vendors.how')}</p>
            <input
              ref={picker}
              type="file"
              accept=".csv,.tsv,text/csv"
              multiple
              hidden
              aria-label={t('vendors.update')}
              onChange={(event) => {
                const files = [...(event.target.files ?? [])];
                event.target.value = '';
                if (files.length > 0) void bring(files);
              }}
            />
            <div className="steps-row setting-foot">
              <Button loading={busy !== null} onClick={() => picker.current?.click()}>
                {busy ? t('vendors.updating', { name: busy }) : t('vendors.update')}
              </Button>
              {data.source === 'file' ? (
                <Button disabled={busy !== null} onClick={() => void reset()}>
                  {t('vendors.reset')}
                </Button>
              ) : null}
            </div>
          </>
        ) : null}
      </div>
    </section>
  );
}
