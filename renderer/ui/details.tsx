/** A record to read: labels and values in groups, nothing where nothing was given. */
import type { ReactNode } from 'react';
import type { MessageKey } from '../../shared/messages.ts';
import type { Fields, RecordType } from '../../shared/record.ts';
import { fieldLabel, useText } from '../i18n.ts';
import { OptionState } from './state.tsx';
import { isMono, valueText, type Refs } from './table/columns.tsx';
import { NONE } from './text.tsx';

interface DetailsProps<F extends Fields> {
  readonly record: RecordType<F>;
  readonly row: Readonly<Record<string, unknown>>;
  readonly refs: Refs;
  readonly groups: readonly { readonly title?: MessageKey; readonly fields: readonly (keyof F & string)[] }[];
}

export function Details<F extends Fields>({ record, row, refs, groups }: DetailsProps<F>): ReactNode {
  const t = useText();
  return groups.map((group, index) => (
    <section key={group.title ?? index} className="details">
      {group.title ? <h3>{t(group.title)}</h3> : null}
      <dl>
        {group.fields.map((name) => {
          const field = record.fields[name] ?? null;
          const value = row[name];
          const text = valueText({ t, table: record.table, name, field, value, refs });
          const kind = field?.kind ?? 'text';
          return (
            <div key={name} className={kind === 'note' ? 'whole' : undefined}>
              <dt>{fieldLabel(t, record.table, name)}</dt>
              <dd className={isMono(kind) ? 'mono' : undefined}>
                {kind === 'choice' && typeof value === 'string' ? (
                  <OptionState table={record.table} field={name} code={value} />
                ) : (
                  text || NONE
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  ));
}
