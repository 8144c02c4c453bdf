/** The applicant is not registered yet: the form of a person, filled from the application; opening goes on from there. */
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { people } from '../../../shared/features/people.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { personGroups } from '../person-groups.ts';
import { openRoute } from './detail.tsx';

export function RegisterApplicant({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const { data } = useQuery(
    rpc.applications.get.queryOptions({ input: { id }, meta: { tables: ['applications', 'people'] } }),
  );
  if (!data) return null;
  const { application: row, refs } = data;
  return (
    <RecordForm
      record={people}
      title={t('applications.register')}
      open
      draft={`people-of-${id}`}
      lead={<Alert className="detail-note" type="info" showIcon title={t('applications.registerText')} />}
      groups={personGroups}
      refs={refs}
      initial={{
        name: row.name,
        department: row.department,
        phone: row.phone,
        number: row.staff_number,
        location_id: row.location_id,
        valid_until: row.until_on,
        identity: 'staff',
        letter: 'unsigned',
        status: 'active',
      }}
      save={async (person) => {
        const done = await client.applications.register({ id, person });
        return client.people.get({ id: done.person_id ?? '' });
      }}
      onSaved={(person) => {
        say.done(t('form.personAdded', { name: person.name }));
        go(row.state === 'signed' ? openRoute({ ...row, person_id: person.id }) : `applications/${id}`);
      }}
      onClose={() => go(`applications/${id}`)}
    />
  );
}
