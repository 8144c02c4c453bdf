/** Slices of a subnet that laptops took along: who has which until when, and taking or giving back one's own. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, InputNumber, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { dayOf } from '../../../shared/day.ts';
import { LEASE_ADDRESSES, LEASE_DAYS, type LeaseSlice } from '../../../shared/features/leases.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from './undo.tsx';

function lineOf(t: Text, { own, confirmed, first, last, free, machine, technician, expires_at }: LeaseSlice): string {
  const until = dayOf(expires_at);
  if (!own) return t('leases.other', { name: technician, machine, first, last, until });
  return confirmed ? t('leases.own', { first, last, free, until }) : t('leases.waiting', { first, last });
}

export function LeaseLines({ subnetId }: { subnetId: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const { data: slices = [] } = useQuery(
    rpc.leases.ofSubnet.queryOptions({
      input: { subnet_id: subnetId },
      meta: { tables: ['leases', 'bindings', 'subnets', 'address_ranges'] },
    }),
  );
  const giveBack = async (id: string): Promise<void> => {
    try {
      const { batch } = await client.leases.giveBack({ id });
      undoable.done(t('leases.givenBack'), batch);
    } catch (error) {
      say.failed(error);
    }
  };
  return slices.map((slice) => (
    <Alert
      key={slice.id}
      className="page-alert"
      type="info"
      showIcon
      title={lineOf(t, slice)}
      action={
        <Button size="small" onClick={() => void giveBack(slice.id)}>
          {t('leases.giveBack')}
        </Button>
      }
    />
  ));
}

export function TakeDialog({
  subnetId,
  open,
  onClose,
}: {
  subnetId: string;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const id = useId();
  const undoable = useUndoable();
  const [count, setCount] = useState(LEASE_ADDRESSES);
  const [days, setDays] = useState(LEASE_DAYS);
  const [failure, setFailure] = useState<string | null>(null);
  const close = (): void => {
    setFailure(null);
    onClose();
  };
  const take = async (): Promise<void> => {
    setFailure(null);
    try {
      const { first, last, batch } = await client.leases.take({ subnet_id: subnetId, count, days });
      undoable.done(t('leases.taken', { first, last }), batch);
      close();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <Modal
      open={open}
      title={t('leases.take')}
      okText={t('leases.take')}
      cancelText={t('common.cancel')}
      onOk={() => void take()}
      onCancel={close}
      destroyOnHidden
      width={440}
    >
      <div className="form">
        <p>{t('leases.takeHint')}</p>
        <div className="field">
          <label htmlFor={`${id}-count`}>{t('leases.count')}</label>
          <InputNumber id={`${id}-count`} min={1} max={256} value={count} onChange={(value) => setCount(value ?? 1)} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-days`}>{t('leases.days')}</label>
          <InputNumber id={`${id}-days`} min={1} max={90} value={days} onChange={(value) => setDays(value ?? 1)} />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
