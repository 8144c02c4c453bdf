/** A fact with the sign of where it comes from, and a value that can be copied. */
import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { useSay } from '../../ui/say.ts';
import { NONE } from '../../ui/text.tsx';

/** What the page is made from: it is asked again when one of them changes. */
export const hostTables = [
  '_sweeps',
  '_device_reads',
  'bindings',
  'assets',
  'people',
  'locations',
  'subnets',
  'tickets',
  'ignored_findings',
];

/** 人工 / 扫描 / SNMP / 导入 */
export type Origin = 'register' | 'sweep' | 'snmp' | 'import';

export function From({ origin }: { origin: Origin }): ReactNode {
  const t = useText();
  return <span className={`origin origin-${origin}`}>{t(`hosts.origin.${origin}`)}</span>;
}

/** Nothing known has no source. */
export function Fact({
  label,
  origin,
  below,
  children,
}: {
  label: string;
  origin?: Origin;
  below?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="host-fact">
      <dt>{label}</dt>
      <dd>
        {children} {origin === undefined || children === NONE ? null : <From origin={origin} />}
        {below}
      </dd>
    </div>
  );
}

export function CopyButton({ text, label }: { text: string; label: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say.done(t('hosts.copied', { text }));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Button
      size="small"
      type="text"
      icon={<CopyOutlined />}
      aria-label={label}
      title={label}
      onClick={() => void copy()}
    />
  );
}
