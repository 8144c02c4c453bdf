/** What is printed for one person or one address: the application F-18, outside access F-17, the letter F-19, and all that is held of a person. */
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import type { MessageKey } from '../../../shared/messages.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

type Job = readonly [label: MessageKey, print: () => PromiseLike<{ id: string }>];

function Papers({ jobs }: { jobs: readonly Job[] }): ReactNode {
  const t = useText();
  const say = useSay();
  const print = async (job: Job | undefined): Promise<void> => {
    if (!job) return;
    try {
      go(`print/${(await job[1]()).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: jobs.map(([label]) => ({ key: label, label: t(label) })),
        onClick: ({ key }) => void print(jobs.find(([label]) => label === key)),
      }}
    >
      <Button icon={<PrinterOutlined />}>{t('papers.print')}</Button>
    </Dropdown>
  );
}

export const PersonPapers = ({ id }: { id: string }): ReactNode => (
  <Papers
    jobs={[
      ['form.F-18', () => client.applications.printFor({ person_id: id, kind: 'binding' })],
      ['form.F-17', () => client.applications.printFor({ person_id: id, kind: 'access' })],
      ['form.F-19', () => client.letters.print({ people: [id] })],
      ['form.R-33', () => client.upkeep.printPerson({ id })],
    ]}
  />
);

/** The application, and the letter behind it: what a new user signs. */
async function both(id: string, person: string): Promise<{ id: string }> {
  const application = await client.applications.printFor({ binding_id: id });
  const letter = await client.letters.print({ people: [person] });
  return { id: `${application.id}/${letter.id}` };
}
export const BindingPapers = ({ id, person }: { id: string; person: string }): ReactNode => (
  <Papers
    jobs={[
      ['opening.both_papers', () => both(id, person)],
      ['form.F-18', () => client.applications.printFor({ binding_id: id })],
      ['form.F-19', () => client.letters.print({ people: [person] })],
      ['form.F-18B', () => client.opening.notice({ id })],
    ]}
  />
);
