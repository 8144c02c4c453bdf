/** The sweep of photos that nothing names, as a process of its own, to be killed: `node sweep-blobs.ts DATABASE_URL NOW`. */
import { dropUnused } from '../../hub/blobs.ts';
import { openPool, withClient } from '../../hub/db.ts';

const pool = openPool(process.argv[2] ?? '', 1);
await withClient(pool, (client) => dropUnused(client, Number(process.argv[3])));
await pool.end();
