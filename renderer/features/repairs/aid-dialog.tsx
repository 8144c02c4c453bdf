/** The first-aid lists: one a category, one step a line; the shipped steps until the unit writes its own. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { faultCategories, type FaultCategory } from '../../../shared/features/tickets/faults.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { WriteButton } from '../sync/write-button.tsx';
import { shippedSteps } from '../tickets/aid.tsx';

export function AidDialog({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = useText();
  const [category, setCategory] = useState<FaultCategory>('cable');
  const { data } = useQuery(rpc.knowledge.firstAid.queryOptions({ meta: { tables: ['first_aid_lists'] } }));
  const own = data?.find((list) => list.category === category)?.steps ?? null;
  return (
    <Modal open={open} onCancel={onClose} title={t('knowledge.aidLists')} footer={null} width={560} destroyOnHidden>
      <div className="form">
        <p className="field-hint">{t('knowledge.aidHint')}</p>
        <Select<FaultCategory>
          aria-label={t('field.first_aid_lists.category')}
          value={category}
          onChange={setCategory}
          options={faultCategories.map((code) => ({ value: code, label: optionLabel(t, 'tickets', 'category', code) }))}
        />
        {data ? <Steps key={`${category} ${own ?? ''}`} category={category} own={own} /> : null}
      </div>
    </Modal>
  );
}

function Steps({ category, own }: { category: FaultCategory; own: string | null }): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const [steps, setSteps] = useState(own ?? shippedSteps(t, category).join('\n'));
  const save = async (written: string | null): Promise<void> => {
    try {
      await client.knowledge.setFirstAid({ category, steps: written });
      say.done(t('assets.saved'));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <>
      <label htmlFor={id}>{t(own === null ? 'knowledge.aidShipped' : 'knowledge.aidOwn')}</label>
      <Input.TextArea
        id={id}
        rows={8}
        maxLength={2000}
        value={steps}
        onChange={(event) => setSteps(event.target.value)}
      />
      <div className="steps-row">
        <WriteButton type="primary" disabled={steps.trim() === ''} onClick={() => void save(steps)}>
          {t('common.save')}
        </WriteButton>
        {own === null ? null : <Button onClick={() => void save(null)}>{t('knowledge.aidReset')}</Button>}
      </div>
    </>
  );
}
