/** A queue that several producers push into and one reader takes from with `for await`. */
export interface Stream<T> extends AsyncIterable<T> {
  push(value: T): void;
  close(error?: unknown): void;
}

export function createStream<T>(): Stream<T> {
  const values: T[] = [];
  let wake: (() => void) | undefined;
  let closed = false;
  let failure: unknown;
  return {
    push(value) {
      values.push(value);
      wake?.();
    },
    close(error) {
      closed = true;
      failure = error;
      wake?.();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (values.length > 0) yield values.shift() as T;
        if (closed) {
          if (failure !== undefined) throw failure;
          return;
        }
        await new Promise<void>((resolve) => (wake = resolve));
        wake = undefined;
      }
    },
  };
}
