/**
 * The hub's PostgreSQL of a data folder, started outside Jest (whose module system cannot load the package): prints its address,
 * and stops it when standard input ends, also because the tests died.
 */
import { startPostgres } from '../../hub/postgres.ts';

const database = await startPostgres(process.argv[2] ?? '');
console.log(database.url);
process.stdin.on('end', () => void database.stop().then(() => process.exit(0)));
process.stdin.resume();
