/** Operations of a rehearsal as a person reads them: field, before, after. */
import type { Op } from '../../../../shared/commit.ts';
import type { AcceptRow } from '../../../../shared/features/discovery/findings.ts';
import { showMac } from '../../../../shared/mac.ts';
import { catalogue, type MessageKey } from '../../../../shared/messages.ts';
import { recordOf } from '../../../../shared/records.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { Stored } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { refText } from '../../titles.ts';
import { shownFields } from './settle.ts';

type Change = AcceptRow['changes'][number];

function shown(db: ReadDb, table: string, name: string, value: Stored | undefined, t: Translate): string | null {
  if (value === null || value === undefined || value === '') return null;
  const field = recordOf(table)?.fields[name];
  if (field?.kind === 'ref') return refText(db, field.table, String(value));
  if (field?.kind === 'mac') return showMac(String(value));
  const key = `option.${table}.${name}.${String(value)}`;
  return field?.kind === 'choice' && key in catalogue ? t(key as MessageKey) : String(value);
}

/** What follows by itself (dates, reasons, the search index) is left out. A binding given up for another one is told as one change. */
export function changesOf(db: ReadDb, ops: readonly Op[], t: Translate): Change[] {
  const released = ops.find(
    (op) => op.op === 'patch' && op.table === 'bindings' && op.fields['state']?.after === 'released',
  );
  const from = released && db.value<string>('SELECT ip FROM bindings WHERE id = ?', released.id);
  const changes: Change[] = [];
  for (const op of ops) {
    if (op === released) continue;
    for (const name of shownFields[op.table] ?? []) {
      const field = `${op.table}.${name}`;
      const text = (value: Stored | undefined): string | null => shown(db, op.table, name, value, t);
      if (op.op === 'insert') {
        const after = text(op.values[name]);
        const moved = from !== undefined && field === 'bindings.ip';
        // of a binding that only moves, the address is what changes
        if (after !== null && (from === undefined || moved || op.table !== 'bindings') && field !== 'bindings.state')
          changes.push({ field, before: moved ? from : null, after });
      } else if (op.op === 'patch' && op.fields[name])
        changes.push({ field, before: text(op.fields[name].before), after: text(op.fields[name].after) });
    }
  }
  return changes;
}
