/** One reading from the lab's laptop: `node test/lab/snmp-once.ts '{"ip":"10.77.0.2",…}'` prints it as JSON. */
import type { ReadOrder } from '../../main/engine/snmp/reading.ts';
import { createSnmpReader } from '../../main/engine/snmp/reader.ts';
import { spawnHelper } from '../../main/engine/spawn-helper.ts';

const reader = createSnmpReader(spawnHelper);
const reading = await reader.read(JSON.parse(process.argv[2] ?? '') as ReadOrder);
process.stdout.write(`${JSON.stringify(reading)}\n`);
reader.close();
