/** The package has no types. On failure `mac` is a sentence, a number or missing (see tools.worker.ts). */
declare module 'node-arp' {
  const nodeArp: { getMAC(ip: string, done: (failed: boolean, mac: unknown) => void): void };
  export default nodeArp;
}
