/** Mixes lists so that each gets its turn: of several subnets none waits until another is done. */
export function inTurns<T>(values: readonly T[], listOf: (value: T) => unknown): T[] {
  const lists = [...Map.groupBy(values, listOf).values()];
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, at) => at).flatMap((at) =>
    lists.flatMap((list) => (at < list.length ? [list[at] as T] : [])),
  );
}
