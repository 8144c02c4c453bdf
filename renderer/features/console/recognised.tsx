/** What was read of a paste: whose it is, which switch, how many rows of each table, what it changes, and every line that was not read. */
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { consoleTables } from '../../../shared/features/console/rows.ts';
import type { ConsolePreview, PastedSwitch } from '../../../shared/features/console.ts';
import { useText } from '../../i18n.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { State } from '../../ui/state.tsx';
import { PortChanges } from './ports.tsx';

interface RecognisedProps {
  readonly seen: ConsolePreview;
  readonly choose: (host: string, asset: string) => void;
  readonly accepted: ReadonlySet<string>;
  readonly accept: (id: string, on: boolean) => void;
}
export function Recognised({ seen, ...rest }: RecognisedProps): ReactNode {
  const t = useText();
  return (
    <>
      {seen.foreign === null ? null : <Alert type="warning" showIcon title={t(`console.foreign.${seen.foreign}`)} />}
      {seen.sections.length === 0 && seen.foreign === null ? (
        <Alert type="warning" showIcon title={t('console.nothing')} />
      ) : null}
      {seen.switches.map((each) => (
        <OneSwitch key={each.host} pasted={each} {...rest} />
      ))}
      <Unread seen={seen} />
    </>
  );
}

function OneSwitch({
  pasted,
  choose,
  accepted,
  accept,
}: Omit<RecognisedProps, 'seen'> & { pasted: PastedSwitch }): ReactNode {
  const t = useText();
  const { host, vendor, asset, ip, tables, ports } = pasted;
  return (
    <section className="console-switch" aria-label={host || t('console.no_host')}>
      <div className="console-head">
        <h3>{host || t('console.no_host')}</h3>
        {vendor === null ? null : <span>{t(`console.vendor.${vendor}`)}</span>}
        {consoleTables.map((table) =>
          tables[table] === 0 ? null : (
            <State key={table} tone="good">
              {t(`console.table.${table}`)} {t('console.rows', { n: tables[table] })}
            </State>
          ),
        )}
      </div>
      <div className="console-head">
        <span>{t('console.switch')}</span>
        <RefPicker
          table="assets"
          label={t('console.switch')}
          value={asset?.id ?? null}
          title={asset?.title}
          clearable={false}
          onChange={(id) => {
            if (id !== null) choose(host, id);
          }}
        />
        {asset === null ? (
          <State tone="warn">{host === '' ? t('console.switch_choose') : t('console.switch_needed', { host })}</State>
        ) : null}
      </div>
      {asset !== null && ip === null ? <Alert type="warning" showIcon title={t('console.no_ip')} /> : null}
      {asset === null ? null : <PortChanges ports={ports} accepted={accepted} accept={accept} />}
    </section>
  );
}

function Unread({ seen: { unread, unread_count, sections } }: { seen: ConsolePreview }): ReactNode {
  const t = useText();
  if (unread_count === 0) return sections.length === 0 ? null : <State tone="good">{t('console.unread_none')}</State>;
  return (
    <section aria-label={t('console.unread', { n: unread_count })}>
      <h3>{t('console.unread', { n: unread_count })}</h3>
      {unread.length < unread_count ? (
        <p className="field-hint">{t('console.unread_more', { n: unread.length })}</p>
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling list is reached by keyboard */}
      <ol className="console-unread" tabIndex={0}>
        {unread.map(({ line, text }) => (
          <li key={line}>
            <span>{line}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
