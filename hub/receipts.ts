/** What commits leave in the store, gathered while they are decided and written in a few statements, however many they are. */
import type { Incoming } from '../shared/sync/decide.ts';
import { commitText, nextChain, type WireCommit } from '../shared/sync/frames.ts';
import { keyOf, uniqueRules } from '../shared/sync/invariants.ts';
import { rowKey, splitKey, type HubRow } from '../shared/sync/world.ts';
import { sha256 } from './codec.ts';
import { copyInto } from './copy.ts';
import type { Client } from './db.ts';
import { failpoint } from './failpoint.ts';
import { MANY, writeRows } from './rows.ts';

export interface Head {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
}
interface Receipt {
  readonly source: {
    readonly device: string;
    readonly owner: string | null;
    readonly offeredBy: string | null;
    readonly now: number;
  };
  readonly commit: WireCommit;
  readonly incoming: Incoming;
  /** The RESULT as it is answered, now and whenever the commit comes again. */
  readonly text: string;
}
interface FeedLine {
  readonly tbl: string;
  readonly id: string;
  readonly rv: number;
  readonly ord: number;
}

const COLUMNS = [
  ['seq', 'bigint'],
  ['device', 'uuid'],
  ['incarnation', 'uuid'],
  ['mut_no', 'int'],
  ['actor', 'text'],
  ['command', 'text'],
  ['recv_at', 'timestamptz'],
  ['est_at', 'timestamptz'],
  ['unc_ms', 'bigint'],
  ['sha256', 'text'],
  ['chain', 'text'],
  ['body', 'text'],
  ['body_bytes', 'int'],
  ['result', 'text'],
  ['offered_by', 'uuid'],
] as const;
const names = COLUMNS.map(([name]) => name).join(', ');

export class Receipts {
  readonly #isKnown: (key: string) => boolean;
  readonly #epoch: string;
  #seq: number;
  #chain: string;
  readonly #commits: Record<(typeof COLUMNS)[number][0], unknown>[] = [];
  readonly #incarnations = new Map<string, Record<string, unknown>>();
  /** By table, each row as the last commit left it. */
  readonly #rows = new Map<string, Map<string, HubRow>>();
  readonly #feed = new Map<string, FeedLine>();
  readonly #waiting = new Map<string, string>();
  readonly #arrived = new Set<string>();

  /** `isKnown` tells whether the store had a row (`table/id`) before these commits. */
  constructor({ epoch, seq, chain }: Head, isKnown: (key: string) => boolean) {
    this.#isKnown = isKnown;
    this.#epoch = epoch;
    this.#seq = seq;
    this.#chain = chain;
  }
  get nextSeq(): number {
    return this.#seq + 1;
  }

  /** One decided commit: its receipt, the rows it changed in the order first touched, and the conflict records it leaves. */
  note(
    { source, commit, incoming, text }: Receipt,
    changes: ReadonlyMap<string, HubRow>,
    conflicts: readonly (readonly [id: string, row: HubRow])[],
  ): void {
    this.#seq = incoming.seq;
    this.#chain = nextChain(sha256, this.#chain, commit.sha256);
    const body = commitText(commit);
    this.#commits.push({
      seq: incoming.seq,
      device: source.device,
      incarnation: commit.incarnation,
      mut_no: commit.mut_no,
      actor: commit.actor,
      command: commit.command,
      recv_at: new Date(source.now),
      est_at: new Date(incoming.est_at),
      unc_ms: incoming.unc_ms,
      sha256: commit.sha256,
      chain: this.#chain,
      body,
      body_bytes: Buffer.byteLength(body),
      result: text,
      offered_by: source.offeredBy,
    });
    this.#incarnations.set(commit.incarnation, {
      id: commit.incarnation,
      device: source.owner,
      last_mut_no: commit.mut_no,
      last_sha256: commit.sha256,
    });
    this.#change(changes, conflicts);
  }

  /** Feed lines of one commit are ordered by table, the tables as they were first touched. */
  #change(changes: ReadonlyMap<string, HubRow>, conflicts: readonly (readonly [id: string, row: HubRow])[]): void {
    const byTable = new Map<string, [string, HubRow][]>();
    const add = (table: string, id: string, row: HubRow): void => {
      const rows = byTable.get(table);
      if (rows) rows.push([id, row]);
      else byTable.set(table, [[id, row]]);
    };
    for (const [key, row] of changes) add(...splitKey(key), row);
    for (const [id, row] of conflicts) add('conflicts', id, row);
    let ord = 0;
    for (const [table, rows] of byTable) {
      const all = this.#rows.get(table) ?? new Map<string, HubRow>();
      this.#rows.set(table, all);
      for (const [id, row] of rows) {
        all.set(id, row);
        this.#feed.set(rowKey(table, id), { tbl: table, id, rv: row.rv, ord });
        ord += 1;
      }
    }
  }

  wait(table: string, id: string, conflict: string): void {
    this.#waiting.set(rowKey(table, id), conflict);
  }
  arrive(ids: ReadonlySet<string>): void {
    for (const id of ids) this.#arrived.add(id);
    for (const key of this.#waiting.keys()) if (ids.has(splitKey(key)[1])) this.#waiting.delete(key);
  }

  /** The records of conflicts are not read before they are written: a restored store may have them. */
  #isNew(table: string, id: string): boolean {
    return table !== 'conflicts' && !this.#isKnown(rowKey(table, id));
  }

  async write(client: Client): Promise<void> {
    await client.query(
      `WITH moved AS (UPDATE sync.head SET seq = $1, chain = $2),
         last AS (INSERT INTO sync.incarnation (id, device, last_mut_no, last_sha256)
           SELECT id, device, last_mut_no, last_sha256 FROM json_to_recordset($3) AS new(id uuid, device uuid, last_mut_no int, last_sha256 text)
           ON CONFLICT (id) DO UPDATE SET device = excluded.device, last_mut_no = excluded.last_mut_no, last_sha256 = excluded.last_sha256)
       INSERT INTO sync.commit (epoch, ${names})
       SELECT $4::uuid, ${names} FROM json_to_recordset($5) AS new(${COLUMNS.map((column) => column.join(' ')).join(', ')})`,
      [
        this.#seq,
        this.#chain,
        JSON.stringify([...this.#incarnations.values()]),
        this.#epoch,
        JSON.stringify(this.#commits),
      ],
    );
    failpoint('F13');
    for (const [table, rows] of this.#rows) {
      await writeRows(client, table, freeFirst(table, rows), (id) => this.#isNew(table, id));
    }
    await this.#writeFeed(client);
    await this.#writeWaiting(client);
  }

  async #writeFeed(client: Client): Promise<void> {
    const lines = [...this.#feed.values()];
    const fresh = lines.filter(({ tbl, id }) => this.#isNew(tbl, id));
    const many = fresh.length >= MANY;
    if (many)
      await copyInto(
        client,
        'sync.feed',
        ['tbl', 'row_id', 'rv', 'ord'],
        fresh.map(({ tbl, id, rv, ord }) => [tbl, id, rv, ord]),
      );
    const known = many ? lines.filter(({ tbl, id }) => !this.#isNew(tbl, id)) : lines;
    if (known.length === 0) return;
    await client.query(
      `INSERT INTO sync.feed (tbl, row_id, rv, ord) SELECT tbl, id, rv, ord FROM json_to_recordset($1) AS new(tbl text, id uuid, rv bigint, ord int)
       ON CONFLICT (tbl, row_id) DO UPDATE SET rv = excluded.rv, ord = excluded.ord`,
      [JSON.stringify(known)],
    );
  }

  async #writeWaiting(client: Client): Promise<void> {
    if (this.#arrived.size > 0)
      await client.query('DELETE FROM sync.waiting WHERE row_id = ANY($1)', [[...this.#arrived]]);
    if (this.#waiting.size === 0) return;
    const lines = [...this.#waiting].map(([key, conflict]) => {
      const [tbl, id] = splitKey(key);
      return { tbl, id, conflict };
    });
    await client.query(
      `INSERT INTO sync.waiting (tbl, row_id, conflict) SELECT tbl, id, conflict FROM json_to_recordset($1) AS new(tbl text, id uuid, conflict uuid)
       ON CONFLICT (tbl, row_id) DO UPDATE SET conflict = excluded.conflict`,
      [JSON.stringify(lines)],
    );
  }
}

/** Unique indexes look at each row as it is written: who gave a key back goes before who took it. */
function freeFirst(table: string, rows: ReadonlyMap<string, HubRow>): [string, HubRow][] {
  const rules = uniqueRules.filter((rule) => rule.table === table);
  const holding = ({ deletedAt, values }: HubRow): boolean =>
    deletedAt === null && rules.some((rule) => keyOf(rule, values) !== null);
  const all = [...rows];
  return rules.length === 0
    ? all
    : [...all.filter(([, row]) => !holding(row)), ...all.filter(([, row]) => holding(row))];
}
