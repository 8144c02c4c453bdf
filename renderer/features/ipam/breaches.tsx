/** What two laptops gave out at once while they were offline: shown above the list until a person settled it (sync.md 2.7). */
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';

export function Breaches(): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.ipam.breaches.queryOptions({ meta: { tables: ['bindings'] } }));
  return data?.rows.map(({ kind, value, bindings }) => (
    <Alert
      key={`${kind}${value}`}
      className="page-alert"
      type="error"
      showIcon
      title={
        <span className="breach">
          <strong>
            {t(`ipam.breach.${kind}`, { value: kind === 'mac' ? showMac(value) : value, n: bindings.length })}
          </strong>
          {t('ipam.breach.how')}
          {bindings.map((binding, index) => (
            <a key={binding.id} href={to('addresses', binding.id)}>
              {binding.ip} {data.refs[binding.person_id] ?? ''} {binding.opened_on}
              {index === 0 ? ` (${t('ipam.breach.first')})` : ''}
            </a>
          ))}
        </span>
      }
    />
  ));
}
