/** What the spreadsheet process does with the orders it gets: reads one table, or writes one book, then is let go. */
import { readScanFile } from '../scans/read.ts';
import { BookWriter } from './write.ts';
import { readTable } from './read.ts';
import { SheetProblem, type Answer, type Order } from './types.ts';

/** Answers every order through `post`; orders are worked on one after the other. */
export function serveSheets(post: (answer: Answer) => void): (order: Order) => void {
  let book: BookWriter | null = null;
  let last = Promise.resolve();
  const work = async (order: Order): Promise<void> => {
    switch (order.is) {
      case 'read': {
        const bytes = Buffer.from(order.bytes.buffer, order.bytes.byteOffset, order.bytes.byteLength);
        const table = await readTable(bytes, order.options, (rows) => post({ is: 'rows', rows }));
        post({ is: 'table', table });
        return;
      }
      case 'scan':
        post({ is: 'scan', scan: await readScanFile(Buffer.from(order.bytes)) });
        return;
      case 'book':
        book = new BookWriter((bytes) => post({ is: 'bytes', bytes }));
        return;
      case 'sheet':
        book?.sheet(order.spec);
        post({ is: 'more' });
        return;
      case 'rows':
        book?.rows(order.rows);
        // One turn of the loop lets the zip stream hand over what it has
        await new Promise((resolve) => setImmediate(resolve));
        post({ is: 'more' });
        return;
      case 'finish':
        await book?.finish();
        post({ is: 'finished' });
    }
  };
  return (order) => {
    last = last.then(() => work(order)).catch((error: unknown) => post(failure(error)));
  };
}

const failure = (error: unknown): Answer =>
  error instanceof SheetProblem
    ? { is: 'refused', code: error.code, params: error.params }
    : { is: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
