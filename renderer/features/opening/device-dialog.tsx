/** Command lines for devices, to be copied: tabs by maker, the kind, adding or removing. Remembers the maker. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Segmented, Select, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import {
  deviceVendors,
  snippetActions,
  snippetKinds,
  snippetOf,
  type DeviceLine,
  type DeviceVendor,
  type LeftWhy,
  type SnippetAction,
  type SnippetKind,
} from '../../../shared/features/opening/device.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import './opening.css';

/** Either some bindings, or everything in use of a subnet. */
export type Wanted = { readonly ids: readonly string[] } | { readonly subnet: string };

const KEY = 'lanbook.device-vendor';
const remembered = (): DeviceVendor => {
  const kept = localStorage.getItem(KEY);
  return deviceVendors.find((vendor) => vendor === kept) ?? 'huawei';
};
/** Addresses named beside a reason; the rest is counted by the line itself. */
const SHOWN = 8;

interface DialogProps {
  readonly wanted: Wanted;
  readonly start?: SnippetAction;
  readonly onClose: () => void;
}
export function DeviceDialog({ wanted, start, onClose }: DialogProps): ReactNode {
  const t = useText();
  const query = useQuery(
    rpc.opening.deviceLines.queryOptions({
      input: 'ids' in wanted ? { ids: [...wanted.ids] } : { subnet_id: wanted.subnet },
      meta: { tables: ['bindings', 'subnets'] },
    }),
  );
  return (
    <Modal
      open
      width={720}
      title={t('opening.device.title', { n: query.data?.length ?? 0 })}
      footer={null}
      onCancel={onClose}
    >
      {query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading /> : null}
      {query.data ? <Snippets lines={query.data} start={start ?? 'add'} /> : null}
    </Modal>
  );
}

/** A line with the switch its port is on; the command itself never names it. */
interface PlacedLine extends DeviceLine {
  readonly switch_name: string | null;
}
function Snippets({ lines, start }: { lines: readonly PlacedLine[]; start: SnippetAction }): ReactNode {
  const t = useText();
  const say = useSay();
  const [vendor, setVendor] = useState(remembered);
  const [kind, setKind] = useState<SnippetKind>('arp');
  const [action, setAction] = useState<SnippetAction>(start);
  // GE1/0/10 is on every access switch: port bindings of two switches in one paste would cut off the users of the wrong one.
  const switches = [...new Set(lines.map((line) => line.switch_name ?? ''))].toSorted();
  const [asked, setAsked] = useState<string | null>(null);
  const onSwitch = asked !== null && switches.includes(asked) ? asked : (switches.find((name) => name !== '') ?? '');
  const isSplit = kind === 'guard' && switches.length > 1;
  const written = isSplit ? lines.filter((line) => (line.switch_name ?? '') === onSwitch) : lines;
  const { text, left } = snippetOf(vendor, kind, action, written);
  const choose = (next: DeviceVendor): void => {
    setVendor(next);
    localStorage.setItem(KEY, next);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say.done(t('opening.device.copied'));
    } catch (error) {
      say.failed(error);
    }
  };
  const why = new Map<LeftWhy, string[]>();
  for (const each of left) why.set(each.why, [...(why.get(each.why) ?? []), each.ip]);
  return (
    <div className="device">
      <Tabs
        activeKey={vendor}
        onChange={(key) => choose(key as DeviceVendor)}
        items={deviceVendors.map((key) => ({ key, label: t(`opening.vendor.${key}`) }))}
      />
      <div className="device-choose">
        <Segmented<SnippetKind>
          aria-label={t('opening.kind_label')}
          value={kind}
          onChange={setKind}
          options={snippetKinds.map((value) => ({ value, label: t(`opening.kind.${value}`) }))}
        />
        <Segmented<SnippetAction>
          aria-label={t('opening.action_label')}
          value={action}
          onChange={setAction}
          options={snippetActions.map((value) => ({ value, label: t(`opening.action.${value}`) }))}
        />
        <span className="grid-space" />
        <Button type="primary" disabled={text === ''} onClick={() => void copy()}>
          {t('opening.copy')}
        </Button>
      </div>
      {isSplit ? (
        <div className="device-choose">
          <label htmlFor="device-switch">{t('opening.device.switch')}</label>
          <Select
            id="device-switch"
            className="device-switch"
            value={onSwitch}
            onChange={setAsked}
            options={switches.map((name) => ({
              value: name,
              label: t('opening.device.on_switch', {
                name: name || t('opening.device.no_switch'),
                n: lines.filter((line) => (line.switch_name ?? '') === name).length,
              }),
            }))}
          />
        </div>
      ) : null}
      {text === '' ? (
        <p className="field-hint">{t('opening.device.none')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long commands scroll by keyboard
        <pre className="device-text mono" tabIndex={0} aria-label={t('opening.device.text')}>
          {text}
        </pre>
      )}
      {[...why].map(([code, ips]) => (
        <Alert
          key={code}
          type="warning"
          showIcon
          title={t(`opening.device.left.${code}`, {
            ips: `${ips.slice(0, SHOWN).join(' ')}${ips.length > SHOWN ? ` … (${ips.length})` : ''}`,
          })}
        />
      ))}
      <p className="field-hint">{t('opening.device.hint')}</p>
      {kind === 'dhcp' && (vendor === 'huawei' || vendor === 'h3c') ? (
        <p className="field-hint">{t('opening.device.dhcp_hint')}</p>
      ) : null}
      {kind === 'guard' && vendor === 'ruijie' ? (
        <p className="field-hint">{t('opening.device.guard_hint.ruijie')}</p>
      ) : null}
    </div>
  );
}

/** The button beside whatever the lines are about. */
export function DeviceButton({ wanted, start }: Omit<DialogProps, 'onClose'>): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('opening.devices')}</Button>
      {open ? <DeviceDialog wanted={wanted} {...(start ? { start } : {})} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
