/**
 * Places where a process dies on demand, as if the power went there (sync.md section 3, F1 to F20). They do nothing unless the environment
 * names one: LANBOOK_FAILPOINT=F5, or F5:3 for the third time it is passed. Each room makes its own with its own way to die.
 */
export type Failpoint = `F${number}`;

export function failpointsOf(wanted: string | undefined, die: () => void): (point: Failpoint) => void {
  if (!wanted) return () => undefined;
  const [name, hit = '1'] = wanted.split(':');
  let left = Number(hit);
  return (point) => {
    if (point !== name) return;
    left -= 1;
    if (left === 0) die();
  };
}
