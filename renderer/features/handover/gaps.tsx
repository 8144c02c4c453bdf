/** What the registers of the area lack, each with the way to where it is mended. */
import type { ReactNode } from 'react';
import type { FilterClause } from '../../../shared/list.ts';
import type { GapCode } from '../../../shared/features/handover.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { changeView } from '../../ui/table/view.ts';

interface Mend {
  readonly path: string;
  /** The list's view, and what it is narrowed to. */
  readonly view?: string;
  readonly filter?: readonly FilterClause[];
  /** Whether the list is also narrowed to the area. */
  readonly here?: boolean;
}
const empty = (field: string): FilterClause => ({ field, op: 'empty' });
const inUse: FilterClause = { field: 'state', op: 'in', value: ['reserved', 'active', 'suspended'] };
const unfinished: FilterClause = {
  field: 'state',
  op: 'in',
  value: ['open', 'accepted', 'working', 'paused', 'to_confirm'],
};
const mends: Record<GapCode, Mend | null> = {
  no_letter: {
    path: 'people',
    view: 'people',
    filter: [{ field: 'letter', op: 'in', value: ['unsigned', 'expired'] }],
  },
  no_mac: { path: 'addresses', view: 'bindings', filter: [inUse, empty('mac')], here: true },
  no_tag: { path: 'assets', view: 'assets', filter: [empty('tag')], here: true },
  no_keeper: { path: 'assets', view: 'assets', filter: [empty('custodian_id')], here: true },
  no_serial: { path: 'assets', view: 'assets', filter: [empty('serial')], here: true },
  late_tickets: { path: 'tickets', view: 'tickets', filter: [unfinished], here: true },
  no_ports: { path: 'switch-ports' },
  no_cable: { path: 'cables' },
  no_envelope: { path: 'envelopes/new' },
  no_tool: { path: 'tools/new' },
  tool_late: { path: 'tools' },
  // Named at the top of this page.
  no_supervisor: null,
};

interface GapsProps {
  readonly gaps: readonly { readonly code: GapCode; readonly n: number; readonly examples: readonly string[] }[];
  readonly location: string;
  readonly onSupervisor: () => void;
}
export function Gaps({ gaps, location, onSupervisor }: GapsProps): ReactNode {
  const t = useText();
  const open = (code: GapCode): void => {
    const mend = mends[code];
    if (!mend) return onSupervisor();
    const here: FilterClause[] = mend.here ? [{ field: 'location_id', op: 'equals', value: location }] : [];
    if (mend.view && mend.filter) changeView(mend.view, { filter: [...mend.filter, ...here], text: '' });
    go(mend.path);
  };
  return (
    <section>
      <h3>{t('handover.gaps')}</h3>
      {gaps.length === 0 ? <p className="field-hint">{t('handover.no_gaps')}</p> : null}
      <ul>
        {gaps.map(({ code, n, examples }) => (
          <li key={code}>
            <button type="button" className="handover-gap" title={examples.join('\n')} onClick={() => open(code)}>
              {t(`handover.gap.${code}`, { n })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
