/**
 * Drafts the hub's tables and views from the record declarations: `node scripts/draft-hub-schema.ts`. What it prints is read,
 * corrected and committed as a migration by a person; nothing runs it by itself.
 */
import { records } from '../shared/records.ts';
import type { Field, RecordType } from '../shared/record.ts';
import { keyColumn, uniqueRules } from '../shared/sync/invariants.ts';

const types: Record<Field['kind'], string> = {
  text: 'text',
  note: 'text',
  choice: 'text',
  json: 'text',
  day: 'date',
  instant: 'timestamptz',
  int: 'bigint',
  money: 'bigint',
  flag: 'boolean',
  mac: 'macaddr',
  ip: 'inet',
  ref: 'uuid',
};

function column(name: string, field: Field): string {
  const reference = field.kind === 'ref' ? ` REFERENCES app.${field.table} DEFERRABLE INITIALLY DEFERRED` : '';
  return `  "${name}" ${types[field.kind]}${field.required ? ' NOT NULL' : ''}${reference},`;
}

for (const type of records as unknown as readonly RecordType[]) {
  const fields = Object.entries(type.fields);
  console.log(`CREATE TABLE app.${type.table} (\n  id uuid PRIMARY KEY,`);
  for (const [name, field] of fields) console.log(column(name, field));
  console.log(`  rv bigint NOT NULL,\n  fv jsonb NOT NULL,\n  deleted_rv bigint,\n  deleted_at timestamptz\n);`);
  for (const rule of uniqueRules.filter(({ table }) => table === type.table)) {
    const where = rule.where === 'true' ? 'deleted_rv IS NULL' : `deleted_rv IS NULL AND ${rule.where}`;
    console.log(
      `CREATE UNIQUE INDEX ${rule.name} ON app.${type.table} (${keyColumn(rule, 'postgres')}) WHERE ${where};`,
    );
  }
  for (const [name, field] of fields)
    if (field.kind === 'ref')
      console.log(`CREATE INDEX ${type.table}_${name} ON app.${type.table} ("${name}") WHERE "${name}" IS NOT NULL;`);
  const columns = ['id', ...fields.map(([name]) => `"${name}"`), 'rv'].join(', ');
  console.log(`CREATE VIEW pub.${type.table} AS SELECT ${columns} FROM app.${type.table} WHERE deleted_rv IS NULL;\n`);
}
