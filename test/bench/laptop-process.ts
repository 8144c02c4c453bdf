/**
 * A laptop of a benchmark as a process of its own, so that its memory is its own too: joins, pulls everything once by the way it is told, and tells
 * its parent what that took.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { nodePorts, type Ports } from '../../main/engine/engine.ts';
import { clientOf } from '../../main/engine/serve.ts';
import { startEngine } from '../../main/engine/start.ts';

export interface PullOrder {
  readonly dir: string;
  readonly machine: string;
  readonly url: string;
  readonly code: string;
  readonly by: 'image' | 'pages';
  /** The line dies whenever this many bytes of one answer have come; null = never. */
  readonly cut: number | null;
}
export interface Pulled {
  readonly ms: number;
  readonly rows: number;
  readonly down: number;
  readonly cuts: number;
  readonly image: boolean;
  /** The most the process held while it pulled, MB. */
  readonly peak_mb: number;
  readonly start_mb: number;
  readonly file_bytes: number;
  /** Of the file: what sync keeps beside the registers (feed position, images under own work, to be indexed), and the log of all work. */
  readonly sync_bytes: number;
  readonly log_bytes: number;
}

const MB = 1024 * 1024;

async function pull({ dir, machine, url, code, by, cut }: PullOrder): Promise<Pulled> {
  let down = 0;
  let cuts = 0;
  const fetch: Ports['fetch'] = async (to, init) => {
    // A store without an image.
    if (by === 'pages' && to.includes('/v1/image')) return new Response(null, { status: 204 });
    const answer = await nodePorts.fetch(to, init);
    if (!answer.body) return answer;
    let left = cut ?? Infinity;
    const through = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        // Dead already; the error is on its way.
        if (left === 0) return;
        const part = chunk.subarray(0, Math.min(chunk.length, left));
        left -= part.length;
        down += part.length;
        out.enqueue(part);
        if (part.length === chunk.length) return;
        cuts += 1;
        // What came is read first, as from a socket.
        setTimeout(() => out.error(new TypeError('terminated')), 1);
      },
    });
    return new Response(answer.body.pipeThrough(through), { status: answer.status, headers: [...answer.headers] });
  };
  const engine = startEngine({ dataDir: dir, ports: { fetch } });
  const client = clientOf(engine);
  await client.system.setup({ unit: '测试', technician: machine, machine, language: 'zh-CN' });
  await client.sync.enrol({ address: url, code });
  const start_mb = process.memoryUsage().rss / MB;
  down = 0;
  const start = performance.now();
  let rows = 0;
  for await (const { summary } of await client.sync.run()) rows = summary?.received ?? rows;
  const ms = performance.now() - start;
  const peak_mb = process.resourceUsage().maxRSS / 1024;
  const image = (await client.sync.log({})).some(({ code: told }) => told === 'image');
  engine.db.raw.pragma('wal_checkpoint(TRUNCATE)');
  const bytesOf = (where: string): number =>
    engine.db.value<number | null>(
      `SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name IN (${where}))`,
    ) ?? 0;
  const told: Pulled = {
    ms,
    rows,
    down,
    cuts,
    image,
    peak_mb,
    start_mb,
    file_bytes: statSync(join(dir, 'lanbook.db')).size,
    sync_bytes: bytesOf("'_shadow', '_resync_seen', '_sync_log', '_to_index'"),
    log_bytes: bytesOf("'_commits', '_ops'"),
  };
  engine.close();
  return told;
}

process.once('message', (order: PullOrder) => {
  void pull(order).then((told) => {
    process.send?.(told);
    process.disconnect();
  });
});
