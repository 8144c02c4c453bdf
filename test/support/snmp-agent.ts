/** An SNMP agent (v2c, read only) that answers from a recorded walk, with the misbehaviour written in it. */
import { createSocket, type RemoteInfo } from 'node:dgram';
import { compare, encodeInt, encodeOid, type Line, type Walk } from './walk.ts';

export interface Agent {
  readonly port: number;
  /** Communities of the questions so far, right or wrong. */
  readonly heard: string[];
  /** The kinds of question, as the tag of the PDU: 160 GET, 161 GETNEXT, 165 GETBULK; 163 would be a SET. */
  readonly kinds: Set<number>;
  close(): void;
}

const END_OF_VIEW = 0x82;
const NO_SUCH_OBJECT = 0x80;
/** What a careful agent sends at most: it fits into one frame. */
const REPLY_BYTES = 1400;

const tlv = (tag: number, body: Buffer): Buffer => {
  const size =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (tag: number, parts: readonly Buffer[]): Buffer => tlv(tag, Buffer.concat(parts));

interface Part {
  readonly tag: number;
  readonly body: Buffer;
}
function parts(bytes: Buffer): Part[] {
  const found: Part[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    let size = bytes[at + 1] ?? 0;
    at += 2;
    if (size > 127) {
      const count = size - 128;
      size = bytes.readUIntBE(at, count);
      at += count;
    }
    found.push({ tag, body: bytes.subarray(at, at + size) });
    at += size;
  }
  return found;
}
function decodeOid(body: Buffer): number[] {
  const found: number[] = [];
  let part = 0;
  for (const byte of body) {
    part = part * 128 + (byte & 127);
    if (byte < 128) {
      found.push(part);
      part = 0;
    }
  }
  const [first = 0, ...rest] = found;
  return [Math.floor(first / 40), first % 40, ...rest];
}
const below = (oid: string, prefix: string): boolean => oid === prefix || oid.startsWith(`${prefix}.`);

/** The lines of one community, and where each is. */
interface View {
  readonly lines: readonly Line[];
  readonly at: ReadonlyMap<string, number>;
}
/** The object after an OID. */
function nextOf(walk: Walk, { lines, at }: View, oid: readonly number[]): Line | null {
  const dotted = oid.join('.');
  const jump = walk.jumps.find(({ from }) => from === dotted);
  if (jump) return lines[at.get(jump.to) ?? -1] ?? null;
  if (walk.endless !== null && below(dotted, walk.endless)) {
    const more = dotted === walk.endless ? [...oid, 1] : [...oid.slice(0, -1), (oid.at(-1) ?? 0) + 1];
    return { oid: more, tag: 2, body: encodeInt(1) };
  }
  const known = at.get(dotted);
  // an unsorted agent knows what comes after a line of its own; elsewhere it searches
  return (known === undefined ? lines.find((line) => compare(line.oid, oid) > 0) : lines[known + 1]) ?? null;
}

/** `from`: answers come from there and not from where the question went. `times`: each answer is sent so often. */
export async function serveWalk(
  walk: Walk,
  {
    host = '127.0.0.1',
    port = 0,
    from,
    times = 1,
  }: { host?: string; port?: number; from?: string; times?: number } = {},
): Promise<Agent> {
  const socket = createSocket('udp4');
  const mouth = from === undefined ? socket : createSocket('udp4');
  if (mouth !== socket) await new Promise<void>((resolve) => mouth.bind(0, from, resolve));
  const heard: string[] = [];
  const kinds = new Set<number>();
  let closed = false;
  const views = new Map(
    [...walk.views].map(([community, lines]): [string, View] => [
      community,
      { lines, at: new Map(lines.map((line, at) => [line.oid.join('.'), at])) },
    ]),
  );
  const reply = (bytes: Buffer, to: RemoteInfo): void => {
    const send = (): void => {
      if (closed) return;
      for (let time = 0; time < times; time++) mouth.send(bytes, to.port, to.address);
    };
    if (walk.slowMs > 0) setTimeout(send, walk.slowMs);
    else send();
  };

  socket.on('message', (bytes, asker) => {
    const [version, community, pdu] = parts(parts(bytes)[0]?.body ?? Buffer.alloc(0));
    if (!version || !community || !pdu) return;
    heard.push(community.body.toString());
    kinds.add(pdu.tag);
    const view = views.get(community.body.toString());
    const [id, , most, list] = parts(pdu.body);
    if (!view || !id || !list || version.body[0] !== 1) return;
    const asked = parts(list.body).map((each) => decodeOid(parts(each.body)[0]?.body ?? Buffer.alloc(0)));
    const dotted = asked.map((oid) => oid.join('.'));
    if (dotted.some((oid) => walk.mute.some((prefix) => below(oid, prefix)))) return;
    if (dotted.some((oid) => walk.garble.some((prefix) => below(oid, prefix))))
      return reply(Buffer.from('30820fff02010104', 'hex'), asker);

    const answers: Buffer[] = [];
    let size = 0;
    const answer = (oid: readonly number[], tag: number, body: Buffer): boolean => {
      const line = sequence(0x30, [tlv(6, encodeOid(oid)), tlv(tag, body)]);
      if (size + line.length > REPLY_BYTES && answers.length > 0) return false;
      size += line.length;
      answers.push(line);
      return true;
    };
    const nothing = Buffer.alloc(0);
    if (pdu.tag === 0xa0)
      for (const oid of asked) {
        const line = view.lines[view.at.get(oid.join('.')) ?? -1];
        answer(oid, line?.tag ?? NO_SUCH_OBJECT, line?.body ?? nothing);
      }
    else {
      if (pdu.tag === 0xa5 && walk.bulkMost === 0) return;
      const repetitions =
        pdu.tag === 0xa5 ? Math.min(most?.body.readUIntBE(0, most.body.length) ?? 1, walk.bulkMost) : 1;
      const at = asked.map((oid): readonly number[] => oid);
      filling: for (let turn = 0; turn < repetitions; turn++)
        for (const [column, oid] of at.entries()) {
          const line = nextOf(walk, view, oid);
          if (!answer(line?.oid ?? oid, line?.tag ?? END_OF_VIEW, line?.body ?? nothing)) break filling;
          at[column] = line?.oid ?? oid;
        }
    }
    const zero = tlv(2, encodeInt(0));
    const response = sequence(0xa2, [tlv(2, id.body), zero, zero, sequence(0x30, answers)]);
    reply(sequence(0x30, [tlv(2, version.body), tlv(4, community.body), response]), asker);
  });
  await new Promise<void>((resolve) => socket.bind(port, host, resolve));
  return {
    port: socket.address().port,
    heard,
    kinds,
    close() {
      closed = true;
      socket.close();
      if (mouth !== socket) mouth.close();
    },
  };
}
