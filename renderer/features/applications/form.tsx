/** The form of an application: a registered applicant, or a name; people of that name are shown before another is made. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { applications, applying, type ApplicationKind } from '../../../shared/features/applications.ts';
import type { DraftOf, RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { RecordForm, type FieldHelp, type FormGroup } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { Namesakes } from './namesakes.tsx';

type Fields = (typeof applying)['fields'];
const who = {
  title: 'applications.group.who',
  fields: ['person_id', 'name', 'department', 'phone', 'location_id', 'staff_number'],
} as const;
const groups: Record<ApplicationKind, readonly FormGroup<Fields>[]> = {
  binding: [
    who,
    { title: 'applications.group.device', fields: ['device_kind', 'device', 'mac', 'asset_id'] },
    { title: 'applications.group.term', fields: ['from_on', 'until_on', 'purpose', 'remark'] },
  ],
  access: [
    who,
    {
      title: 'applications.group.access',
      fields: ['access_kind', 'target', 'device', 'mac', 'asset_id', 'from_on', 'until_on', 'purpose'],
    },
    {
      title: 'applications.group.safety',
      fields: ['has_antivirus', 'has_patches', 'is_dedicated', 'knows_secrecy', 'remark'],
    },
  ],
};

function NamesakesOf({ name, onPick }: { name: string; onPick: (id: string) => void }): ReactNode {
  const { data = [] } = useQuery({
    ...rpc.applications.namesakes.queryOptions({ input: { name }, meta: { tables: ['people'] } }),
    enabled: name.length > 1,
  });
  return name.length > 1 && data.length > 0 ? <Namesakes people={data} onPick={onPick} /> : null;
}

const helpIn = (t: ReturnType<typeof useText>, kind: ApplicationKind): { name: FieldHelp; until_on: FieldHelp } => ({
  // As long as nobody registered is chosen, people of the name that is typed.
  name: (value, _onChange, { values, change }) =>
    values['person_id'] ? null : (
      <>
        <p className="field-hint">{t('applications.nameHint')}</p>
        <NamesakesOf name={typeof value === 'string' ? value.trim() : ''} onPick={(id) => change('person_id', id)} />
      </>
    ),
  until_on: () => <p className="field-hint">{t(`applications.termHint.${kind}`)}</p>,
});

export function NewApplication({ kind, person }: { kind: ApplicationKind; person: string | null }): ReactNode {
  const t = useText();
  const say = useSay();
  return (
    <RecordForm
      record={applying}
      title={t(`applications.new.${kind}`)}
      open
      draft={`applications-new-${kind}-${person ?? ''}`}
      groups={groups[kind]}
      initial={{ person_id: person }}
      help={helpIn(t, kind)}
      save={async (draft: DraftOf<typeof applying>) => client.applications.create({ kind, draft })}
      onSaved={(saved) => {
        say.done(t('applications.saved'));
        go(`applications/${saved.id}`);
      }}
      onClose={() => go('applications')}
    />
  );
}

export function EditApplication({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const { data } = useQuery(
    rpc.applications.get.queryOptions({ input: { id }, meta: { tables: [applications.table, 'people'] } }),
  );
  if (!data) return null;
  return (
    <RecordForm
      record={applying}
      title={t('applications.edit')}
      open
      draft={`applications-${id}`}
      groups={groups[data.application.kind]}
      row={asked(data.application)}
      refs={data.refs}
      help={helpIn(t, data.application.kind)}
      update={async (changes) => client.applications.update({ id, changes })}
      onSaved={() => say.done(t('applications.saved'))}
      onClose={() => go(`applications/${id}`)}
    />
  );
}

/** What the form shows of an application. */
const asked = (row: RowOf<typeof applications>): RowOf<typeof applying> => ({
  ...(Object.fromEntries(Object.keys(applying.fields).map((name) => [name, row[name as keyof typeof row]])) as RowOf<
    typeof applying
  >),
  id: row.id,
  rv: row.rv,
});
