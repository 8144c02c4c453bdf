/** Where this process can be told to die, without a word to anybody (shared/failpoint.ts). */
import { failpointsOf } from '../../shared/failpoint.ts';

export const failpoint = failpointsOf(process.env['LANBOOK_FAILPOINT'], () => process.kill(process.pid, 'SIGKILL'));
