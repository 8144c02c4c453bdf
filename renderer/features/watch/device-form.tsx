/** The form of a watched device; a new one may be filled in by the screen it came from (`watch/new?ip=…&asset=…`). */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { watchedDevices } from '../../../shared/features/watch.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Loading } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import type { Device } from './rows.ts';

const groups = [{ fields: ['ip', 'name', 'kind', 'interval_s', 'asset_id', 'location_id', 'remark'] }] as const;

interface FormProps {
  readonly row?: Device;
  readonly refs: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}
export function DeviceForm({ row, refs, query, onClose }: FormProps): ReactNode {
  const t = useText();
  const say = useSay();
  const asked = query['asset'];
  const found = useQuery(
    rpc.assets.get.queryOptions({
      input: { id: asked ?? '' },
      enabled: asked !== undefined,
      meta: { tables: ['assets'] },
    }),
  );
  if (row)
    return (
      <RecordForm
        record={watchedDevices}
        title={t('watch.edit')}
        open
        groups={groups}
        row={row}
        refs={refs}
        update={(changes) => client.watch.update({ id: row.id, changes })}
        onSaved={() => say.done(t('watch.saved'))}
        onClose={onClose}
      />
    );
  // A form starts once: with the asset, or without it when it is gone.
  if (asked !== undefined && found.isPending) return <Loading />;
  const asset = found.data?.asset;
  const known = found.data?.refs ?? {};
  const place = asset?.location_id ?? query['place'] ?? null;
  return (
    <RecordForm
      record={watchedDevices}
      title={t('watch.new')}
      open
      groups={groups}
      draft={`watched-${query['ip'] ?? ''}-${asked ?? ''}`}
      initial={{
        ip: query['ip'] ?? asset?.ip ?? '',
        name: query['name'] ?? asset?.name ?? '',
        kind: 'other',
        asset_id: asset?.id ?? null,
        location_id: place,
      }}
      refs={{ ...known, ...(asset ? { [asset.id]: asset.name } : {}) }}
      save={(draft) => client.watch.create(draft)}
      onSaved={() => say.done(t('watch.added', { n: 1 }))}
      onClose={onClose}
    />
  );
}
