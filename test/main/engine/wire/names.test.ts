import { createSocket, type Socket } from 'node:dgram';
import { reverseNames } from '../../../../main/engine/wire/names.ts';

/** What a name server sends back to a question: the whole packet. */
type Answer = (question: Buffer) => Buffer | null;

let server: Socket;
let asked = 0;
const serve = (answer: Answer): Promise<string> =>
  new Promise((resolve) => {
    asked = 0;
    server = createSocket('udp4').on('message', (question, { address, port }) => {
      asked++;
      const reply = answer(question);
      if (reply) server.send(reply, port, address);
    });
    server.bind(0, '127.0.0.1', () => resolve(`127.0.0.1:${server.address().port}`));
  });
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

const label = (text: string): Buffer => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
/** A PTR record whose name is `data`, bytes as they are. */
const pointer =
  (data: Buffer, code = 0): Answer =>
  (question) => {
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(code === 0 ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    // behind the question stands what EDNS adds: only the name, its type and class come back
    const end = question.indexOf(0, 12) + 5;
    const record = Buffer.from([0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 0]);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, question.subarray(12, end), ...(code === 0 ? [record, data] : [])]);
  };
const nameFrom = async (answer: Answer): Promise<string | null> => {
  const address = await serve(answer);
  return await reverseNames(
    () => 0,
    () => [address],
  )('10.20.30.5');
};

test('the name a private server gives', async () => {
  expect(
    await nameFrom(pointer(Buffer.concat([label('jwc-pc3'), label('school'), label('lan'), Buffer.from([0])]))),
  ).toBe('jwc-pc3.school.lan');
});

test.each([
  ['escape sequences', Buffer.concat([label('\u001b[2Jroot\u0007'), label('lan'), Buffer.from([0])])],
  ['bidirectional controls', Buffer.concat([label('\u202egpj.exe'), Buffer.from([0])])],
  ['markup', Buffer.concat([label('<script>alert(1)</script>'), Buffer.from([0])])],
  ['a pointer to itself', Buffer.from([0xc0, 0x2b])],
  ['a pointer out of the packet', Buffer.from([0xff, 0xff])],
  ['a label longer than the packet', Buffer.from([63, 65])],
  ['noise', Buffer.alloc(400, 0xc1)],
])('a name of %s is cleaned or no name at all', async (_, data) => {
  const name = await nameFrom(pointer(data));
  expect(name ?? '').not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('no such name is an answer; a silent server is given up after four questions, for a minute', async () => {
  expect(await nameFrom(pointer(Buffer.alloc(0), 3))).toBeNull();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  const address = await serve(() => null);
  let clock = 0;
  const nameOf = reverseNames(
    () => clock,
    () => [address],
  );
  const began = performance.now();
  for (let i = 0; i < 4; i++) expect(await nameOf('10.20.30.5')).toBeNull();
  expect(performance.now() - began).toBeLessThan(4 * 1200);
  const before = asked;
  await nameOf('10.20.30.5');
  expect(asked).toBe(before);
  clock = 61_000;
  await nameOf('10.20.30.5');
  expect(asked).toBeGreaterThan(before);
}, 15_000);

test('stopped at once, and being stopped is not held against the server', async () => {
  const address = await serve(() => null);
  const nameOf = reverseNames(
    () => 0,
    () => [address],
  );
  for (let i = 0; i < 5; i++) {
    const stop = new AbortController();
    const began = performance.now();
    setTimeout(() => stop.abort(), 20);
    expect(await nameOf('10.20.30.5', stop.signal)).toBeNull();
    expect(performance.now() - began).toBeLessThan(500);
  }
  expect(asked).toBeGreaterThanOrEqual(5);
});

test('public name servers are not asked: a question about 10.x is nobody else’s business', async () => {
  const address = await serve(() => null);
  expect(
    await reverseNames(
      () => 0,
      () => ['114.114.114.114', '8.8.8.8:53'],
    )('10.20.30.5'),
  ).toBeNull();
  expect([asked, address !== '']).toEqual([0, true]);
});
