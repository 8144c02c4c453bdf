/** Told once at the start after a damaged database gave way to a backup. */
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';

export function RescueNotice(): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.system.rescued.queryOptions({ meta: { tables: ['backups', 'settings'] } }));
  if (!data) return null;
  return (
    <Modal
      open
      title={t('backup.rescued_title')}
      closable={false}
      cancelButtonProps={{ hidden: true }}
      okText={t('backup.rescued_ok')}
      onOk={() => void client.system.rescueSeen()}
    >
      <p>{t('backup.rescued', { from: showMoment(data.from), aside: data.aside })}</p>
    </Modal>
  );
}
