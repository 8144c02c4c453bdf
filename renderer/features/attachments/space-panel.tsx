/** Setting: what the files of attachments take on this laptop, and how much of it fetched ones may. */
import { useQuery } from '@tanstack/react-query';
import { InputNumber } from 'antd';
import { useId, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { showSize } from '../backup.tsx';
import './attachments.css';

const GIB = 1024 ** 3;

export function SpacePanel(): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const answer = useQuery(rpc.attachments.space.queryOptions({ meta: { tables: ['attachments', 'blobs', 'sync'] } }));
  const space = answer.data;
  const save = async (gib: number | null): Promise<void> => {
    if (gib === null) return;
    try {
      await client.attachments.setLimit({ limit: Math.round(gib * GIB) });
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <section className="setting">
      <div>
        <h3>{t('attachments.space.title')}</h3>
        <p className="field-hint">{t('attachments.space.hint')}</p>
      </div>
      <div>
        {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : null}
        {answer.isPending ? <Loading /> : null}
        {space ? (
          <>
            <p>
              {t('attachments.space.text', {
                files: space.files,
                size: showSize(space.bytes),
                unsent: space.unsent,
              })}
            </p>
            <p className="attachments-limit">
              <label htmlFor={id}>{t('attachments.space.limit')}</label>
              <InputNumber
                key={space.limit}
                id={id}
                min={0.5}
                max={900}
                step={0.5}
                defaultValue={space.limit / GIB}
                onBlur={(event) => void save(Number(event.target.value) || null)}
                onPressEnter={(event) => event.currentTarget.blur()}
              />
            </p>
          </>
        ) : null}
      </div>
    </section>
  );
}
