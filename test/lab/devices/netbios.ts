/** The other side of NetBIOS node status: a Windows computer's answer, names in GBK as Chinese Windows writes them. */
import iconv from 'iconv-lite';

export interface NetbiosName {
  readonly text: string;
  /** 0x00 workstation (or, as a group, the workgroup), 0x20 file server, 0x1C domain controllers. */
  readonly suffix: number;
  /** 0x8000 group, 0x0400 active. */
  readonly flags: number;
}

export function nodeStatusAnswer(question: Buffer, names: readonly NetbiosName[], mac: string): Buffer {
  const entries = names.map(({ text, suffix, flags }) => {
    const entry = Buffer.alloc(18, ' ');
    iconv.encode(text, 'gb18030').copy(entry, 0, 0, 15);
    entry.writeUInt8(suffix, 15);
    entry.writeUInt16BE(flags, 16);
    return entry;
  });
  const list = Buffer.concat([Buffer.from([names.length]), ...entries, Buffer.from(mac, 'hex'), Buffer.alloc(40)]);
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8400, 2);
  head.writeUInt16BE(1, 6);
  const rest = Buffer.alloc(6);
  rest.writeUInt16BE(list.length, 4);
  return Buffer.concat([head, question.subarray(12, 50), rest, list]);
}
