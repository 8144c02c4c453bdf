/** Where the file leaves a choice: places and people the register does not know, things without a number, dates read two ways. */
import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { Decisions, Preview } from '../../../shared/features/transfer.ts';
import { useText } from '../../i18n.ts';
import { recheck, useImport } from './import-run.ts';

export function Decide({ preview, busy }: { preview: Preview; busy: boolean }): ReactNode {
  const t = useText();
  const { decisions, unknown, issues } = preview;
  // Only what was chosen is sent on: what is merely the default now may be another next time
  const chosen = useImport((state) => state.options.decisions);
  const twoWays = decisions.dates !== 'ask' || issues.some(({ code }) => code === 'day_ambiguous');
  if (unknown.places === 0 && unknown.people === 0 && unknown.untagged === 0 && !twoWays) return null;
  const decide = (change: Partial<Decisions>): void => recheck({ decisions: { ...chosen, ...change } });
  const ways = (['error', 'create', 'blank'] as const).map((value) => ({ value, label: t(`transfer.as_${value}`) }));
  return (
    <section className="import-decide" aria-labelledby="import-decide">
      <h3 id="import-decide">{t('transfer.decisions')}</h3>
      {unknown.places > 0 ? (
        <label className="import-decision">
          <span>{t('transfer.unknown_places', { n: unknown.places })}</span>
          <Select disabled={busy} value={decisions.places} options={ways} onChange={(places) => decide({ places })} />
        </label>
      ) : null}
      {unknown.people > 0 ? (
        <label className="import-decision">
          <span>{t('transfer.unknown_people', { n: unknown.people })}</span>
          <Select disabled={busy} value={decisions.people} options={ways} onChange={(people) => decide({ people })} />
        </label>
      ) : null}
      {unknown.examples.length > 0 ? (
        <p className="field-hint">
          {t('transfer.unknown_examples', { examples: unknown.examples.slice(0, 5).join(t('transfer.comma')) })}
        </p>
      ) : null}
      {unknown.untagged > 0 ? (
        <label className="import-decision">
          <span>{t('transfer.untagged', { n: unknown.untagged })}</span>
          <Select
            disabled={busy}
            value={decisions.untagged}
            options={(['error', 'add'] as const).map((value) => ({ value, label: t(`transfer.untagged_${value}`) }))}
            onChange={(untagged) => decide({ untagged })}
          />
        </label>
      ) : null}
      {twoWays ? (
        <label className="import-decision">
          <span>{t('transfer.dates')}</span>
          <Select
            disabled={busy}
            value={decisions.dates}
            options={(['ask', 'dmy', 'mdy'] as const).map((value) => ({ value, label: t(`transfer.dates_${value}`) }))}
            onChange={(dates) => decide({ dates })}
          />
        </label>
      ) : null}
    </section>
  );
}
