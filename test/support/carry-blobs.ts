/** A laptop as a process of its own that sends its photos until it is killed: `node carry-blobs.ts FOLDER`. */
import { startEngine } from '../../main/engine/start.ts';
import { transferBlobs } from '../../main/engine/sync/blobs.ts';

await transferBlobs(startEngine({ dataDir: process.argv[2] ?? '' }), new AbortController().signal);
