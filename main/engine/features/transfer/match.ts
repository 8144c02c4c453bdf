/** Which record of the register a row of a file is: by its hidden id, then its tag or number, then its serial. Never by a blank. */
import type { Target } from '../../../../shared/features/transfer/targets.ts';
import type { IssueCode } from '../../../../shared/features/transfer/issues.ts';
import type { ReadDb } from '../../db.ts';
import type { Stored } from '../../codec.ts';
import { assetById, assetKeys, assetsBy } from '../assets.ts';
import { personById } from '../people.ts';
import type { Persons } from './lookups.ts';

export type RecordRow = Readonly<Record<string, Stored>> & { readonly id: string };
export interface Match {
  /** Null: no such record, the row is new. */
  readonly row: RecordRow | null;
  readonly problem?: {
    readonly code: IssueCode;
    readonly field: string | null;
    readonly params: Record<string, string | number>;
  };
}
type Values = Readonly<Record<string, Stored>>;
const textOf = (value: Stored | undefined): string => (typeof value === 'string' ? value : '');
const problem = (code: IssueCode, field: string | null, params: Record<string, string | number> = {}): Match => ({
  row: null,
  problem: { code, field, params },
});
const asRow = (row: object): RecordRow => row as RecordRow;

export type Matcher = (id: string | null, values: Values) => Match;

export function matcherOf(db: ReadDb, target: Target, persons: Persons): Matcher {
  if (target === 'people') return (id, values) => matchPerson(db, id, values, persons);
  const keys = assetKeys(db);
  return (id, values) => matchAsset(db, keys, id, values);
}

function matchAsset(db: ReadDb, keys: ReadonlySet<string>, id: string | null, values: Values): Match {
  const tag = textOf(values['tag']);
  const serial = textOf(values['serial']);
  const known = id === null ? null : assetById(db, id);
  const byTag = keys.has(tag) ? assetsBy(db, 'tag', tag) : [];
  if (known) {
    const other = byTag.find((asset) => asset.id !== known.id);
    return other ? problem('key_conflict', 'tag', { tag, holder: other.name }) : { row: asRow(known) };
  }
  if (tag === '' && serial === '') return problem('no_key', null);
  if (byTag.length > 1) return problem('ambiguous_key', 'tag', { key: tag, n: byTag.length });
  const bySerial = keys.has(serial) ? assetsBy(db, 'serial', serial) : [];
  const tagged = byTag[0];
  if (tagged) {
    const other = bySerial.find((asset) => asset.id !== tagged.id);
    return other
      ? problem('serial_elsewhere', 'serial', { serial, tag: other.tag ?? '—', holder: other.name })
      : { row: asRow(tagged) };
  }
  if (bySerial.length > 1) return problem('ambiguous_key', 'serial', { key: serial, n: bySerial.length });
  const [found] = bySerial;
  if (!found) return { row: null };
  // The same serial under another tag: a retagged machine or a typing error, which only a person can tell
  if (tag !== '' && found.tag !== null)
    return problem('serial_elsewhere', 'serial', { serial, tag: found.tag, holder: found.name });
  return { row: asRow(found) };
}

function matchPerson(db: ReadDb, id: string | null, values: Values, persons: Persons): Match {
  const known = id === null ? null : personById(db, id);
  if (known) return { row: asRow(known) };
  const number = textOf(values['number']);
  const name = textOf(values['name']);
  const department = textOf(values['department']);
  if (number !== '') {
    const [first, ...more] = persons.byNumber(number);
    if (more.length > 0) return problem('ambiguous_key', 'number', { key: number, n: more.length + 1 });
    if (first) return { row: asRow(personById(db, first.id) ?? first) };
  }
  if (name === '') return problem('no_name', 'name');
  // A staff number that the register does not have belongs to somebody new, or to the one of that name who has none yet
  const named = persons.named(name).filter((person) => number === '' || person.number === null);
  const same =
    named.length > 1 || department !== '' ? named.filter((person) => (person.department ?? '') === department) : named;
  if (same.length > 1) return problem('ambiguous_key', 'name', { key: name, n: same.length });
  const [found] = same;
  return { row: found ? asRow(personById(db, found.id) ?? found) : null };
}
