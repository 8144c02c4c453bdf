/** New and changed places, and their removal (refused while anything is in them). */
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { locations, type LocationNode } from '../../shared/features/locations.ts';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go } from '../route.ts';
import { client } from '../rpc.ts';
import { RecordForm } from '../ui/form/record-form.tsx';
import { useSay } from '../ui/say.ts';

/** `id` null: a new place inside `parent` (null: at the top). */
export interface PlaceEdit {
  readonly parent: LocationNode | null;
  readonly id: string | null;
}
const groups = [{ fields: ['name', 'kind', 'parent_id', 'position', 'remark'] }] as const;
/** What usually stands inside what. */
const inside: Record<LocationNode['kind'], LocationNode['kind']> = {
  campus: 'building',
  building: 'floor',
  floor: 'room',
  room: 'rack',
  closet: 'rack',
  rack: 'rack',
};

export function PlaceForm({
  edit,
  nodes,
  onClose,
}: {
  edit: PlaceEdit | null;
  nodes: readonly LocationNode[];
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const say = useSay();
  const refs = Object.fromEntries(nodes.map(({ id, path }) => [id, path]));
  const id = edit?.id ?? null;
  const { data } = useQuery({
    ...rpc.locations.get.queryOptions({ input: { id: id ?? '' }, meta: { tables: ['locations'] } }),
    enabled: id !== null,
  });
  const done = (): void => say.done(t('assets.saved'));
  if (!edit) return null;
  if (id === null)
    return (
      <RecordForm
        record={locations}
        title={t(edit.parent ? 'locations.newBelow' : 'locations.new')}
        open
        groups={groups}
        refs={refs}
        initial={{ parent_id: edit.parent?.id ?? null, kind: edit.parent ? inside[edit.parent.kind] : 'campus' }}
        save={(draft) => client.locations.create(draft)}
        onSaved={(row) => {
          done();
          go(`locations/${row.id}`);
        }}
        onClose={onClose}
      />
    );
  return data ? (
    <RecordForm
      record={locations}
      title={t('locations.edit')}
      open
      groups={groups}
      refs={refs}
      row={data}
      update={(changes) => client.locations.update({ id, changes })}
      onSaved={done}
      onClose={onClose}
    />
  ) : null;
}

export function PlaceActions({ node, onEdit }: { node: LocationNode; onEdit: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const remove = async (): Promise<void> => {
    try {
      await client.locations.remove({ id: node.id });
      say.done(t('assets.removed'));
      go(node.parent_id === null ? 'locations' : `locations/${node.parent_id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <>
      <Button size="small" onClick={onEdit}>
        {t('common.edit')}
      </Button>
      <Popconfirm
        title={t('locations.removeText', { name: node.name })}
        okText={t('common.delete')}
        cancelText={t('common.cancel')}
        onConfirm={() => void remove()}
        placement="bottomRight"
      >
        <Button size="small" danger>
          {t('common.delete')}
        </Button>
      </Popconfirm>
    </>
  );
}
