/**
 * The longest stretch in which this thread did nothing but compute: what a screen would feel. In processor time, so that other programs
 * on the machine count for nothing.
 */
export function watchBlocks(): () => number {
  let longest = 0;
  let before = process.threadCpuUsage();
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(look, 1);
  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}
