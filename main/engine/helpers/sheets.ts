/** Entry of the spreadsheet process (thin: everything it does is in ../sheets). */
import { serveSheets } from '../sheets/serve.ts';
import type { Order } from '../sheets/types.ts';
import { parent } from './parent.ts';

const home = parent();
const give = serveSheets((answer) => home.postMessage(answer));
home.onMessage((message) => give(message as Order));
