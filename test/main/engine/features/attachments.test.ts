/** Photos and scans of one laptop: what is taken, what is refused, and what stays on the disk. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blobPath, hashOf } from '../../../../main/engine/blobs/files.ts';
import { sweepBlobs } from '../../../../main/engine/blobs/ledger.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { attach, bytesOf, png, pngOf } from '../../../support/pictures.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
let laptop: TestEngine;
let asset: string;
beforeEach(async () => {
  laptop = await testEngine();
  asset = (await laptop.call.assets.create({ ...pc, tag: 'A-1' })).id;
});
afterEach(() => laptop.close());

const list = (): ReturnType<TestEngine['call']['attachments']['list']> =>
  laptop.call.attachments.list({ table: 'assets', id: asset });
const partsLeft = (): string[] => {
  const folder = join(laptop.dir, 'blobs', 'up');
  return existsSync(folder) ? readdirSync(folder) : [];
};

test('a photo is on the record, byte for byte, with its thumbnail, and nothing else stays behind', async () => {
  const photo = pngOf(900_000);
  const thumb = png(40, 30);
  const { attachment } = await attach(laptop, 'assets', asset, 'C:\\照片\\机柜\u202e正面.png', photo, thumb);
  expect(attachment).toMatchObject({ name: '机柜正面.png', type: 'png', size: photo.length, sha256: hashOf(photo) });
  expect(await list()).toMatchObject([{ state: 'local', here: true, machine: 'L03', thumb: thumb.toString('base64') }]);
  expect((await bytesOf(laptop, attachment.id)).equals(photo)).toBe(true);
  expect(partsLeft()).toEqual([]);
  expect(await laptop.call.attachments.space()).toMatchObject({ files: 1, bytes: photo.length, unsent: 1 });
  laptop.reopen();
  expect((await bytesOf(laptop, attachment.id)).equals(photo)).toBe(true);
});

test('removing and taking back, renaming and taking back', async () => {
  const { attachment } = await attach(laptop, 'assets', asset, '铭牌.png', png());
  const { batch } = await laptop.call.attachments.remove({ id: attachment.id });
  expect(await list()).toEqual([]);
  await laptop.call.system.undo({ batch });
  expect(await list()).toMatchObject([{ name: '铭牌.png', here: true }]);
  await laptop.call.attachments.update({ id: attachment.id, changes: { name: '背面铭牌.png', note: '序列号看不清' } });
  expect(await list()).toMatchObject([{ name: '背面铭牌.png', note: '序列号看不清' }]);
});

test('the same file twice on one record is told, on another record it is one file', async () => {
  const photo = png();
  await attach(laptop, 'assets', asset, '一.png', photo);
  expect(await refusalOf(attach(laptop, 'assets', asset, '二.png', photo))).toMatchObject({
    code: 'attachment_double',
    params: { name: '一.png' },
  });
  const other = (await laptop.call.assets.create({ ...pc, tag: 'A-2' })).id;
  await attach(laptop, 'assets', other, '二.png', photo);
  expect(await laptop.call.attachments.space()).toMatchObject({ files: 1 });
});

const text = (content: string): Buffer => Buffer.from(content, 'utf8');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(200, 7)]);

test.each([
  ['svg as png', 'photo.png', text(SVG)],
  ['svg after a byte order mark and blanks', 'photo.jpg', text(`\ufeff  \n${SVG}`)],
  ['svg behind an xml head', 'photo.webp', text(`<?xml version="1.0"?>${SVG}`)],
  ['html as jpg', 'photo.jpg', text('<!doctype html><script>alert(1)</script>')],
  ['html as text', 'notes.txt', text('<html><body onload=alert(1)>')],
  ['zip that is no workbook', 'list.xlsx', zip],
  ['windows program', 'photo.jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)])],
  ['linux program as text', 'a.txt', Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(100)])],
  ['gif', 'a.png', Buffer.concat([text('GIF89a'), Buffer.alloc(60, 3)])],
  [
    'jpeg without a frame',
    'a.jpg',
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), text('<script>alert(1)</script>')]),
  ],
  ['png without a head', 'a.png', Buffer.concat([png().subarray(0, 8), text(SVG)])],
  ['riff that is sound', 'a.webp', Buffer.concat([text('RIFF....WAVEfmt '), Buffer.alloc(60)])],
  ['pdf mark not at the beginning', 'a.pdf', Buffer.concat([Buffer.alloc(9), text('%PDF-1.7')])],
  ['postscript', 'a.pdf', Buffer.concat([text('%!PS\n'), Buffer.from([1, 2])])],
  ['script with a control character', 'a.csv', text('\u001b]0;x\u0007')],
])('%s is never taken, and leaves nothing', async (_what, name, bytes) => {
  expect(await refusalOf(attach(laptop, 'assets', asset, name, bytes))).toMatchObject({ code: 'attachment_kind' });
  expect(await list()).toEqual([]);
  expect(partsLeft()).toEqual([]);
  expect((await laptop.call.attachments.space()).files).toBe(0);
});

test('kinds are told by the bytes: a wrong extension changes nothing', async () => {
  const kinds: [string, Buffer, string][] = [
    ['a.pdf', png(), 'png'],
    ['扫描件.jpg', text('%PDF-1.7\n%âãÏÓ\n'), 'pdf'],
    ['清单.csv', text('资产编号,名称\nA-1,台式机\n'), 'csv'],
    ['清单.exe', text('机柜钥匙在值班室'), 'txt'],
    ['旧清单.txt', Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), 'txt'],
  ];
  for (const [name, bytes, type] of kinds)
    expect((await attach(laptop, 'assets', asset, name, bytes)).attachment).toMatchObject({ name, type });
});

test('too many pixels, too many bytes, nothing at all: each in a sentence of its own', async () => {
  const huge = png(40, 30, { width: 20_000, height: 20_000 });
  expect(await refusalOf(attach(laptop, 'assets', asset, '大.png', huge))).toMatchObject({
    code: 'attachment_pixels',
    params: { found: 400, max: 40 },
  });
  expect(await refusalOf(attach(laptop, 'assets', asset, '空.png', Buffer.alloc(0)))).toMatchObject({
    code: 'attachment_empty',
  });
  expect(await refusalOf(attach(laptop, 'assets', asset, '巨.png', Buffer.alloc(20 * 1024 * 1024 + 1)))).toMatchObject({
    code: 'attachment_size',
    params: { max: 20 },
  });
  expect(partsLeft()).toEqual([]);
  await laptop.call.assets.remove({ id: asset, reason: '报废' });
  expect(await refusalOf(attach(laptop, 'assets', asset, '晚.png', png()))).toMatchObject({ code: 'not_found' });
});

test('what is damaged on the disk is not shown as the photo', async () => {
  const { attachment } = await attach(laptop, 'assets', asset, '机柜.png', pngOf(50_000));
  const path = blobPath(laptop.dir, attachment.sha256);
  const bytes = readFileSync(path);
  bytes[20_000] = (bytes[20_000] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(await refusalOf(bytesOf(laptop, attachment.id))).toMatchObject({ code: 'attachment_away' });
  expect(await list()).toMatchObject([{ here: false }]);
  expect(readdirSync(dirname(path))).toEqual([`${attachment.sha256}.damaged`]);
});

test('a row that calls a file something else does not get it opened, and a thumbnail that is none is not shown', async () => {
  const { attachment } = await attach(laptop, 'assets', asset, '说明.txt', text('alert(1)'));
  laptop.engine.db
    .prepare("UPDATE attachments SET type = 'png', thumb = ? WHERE id = ?")
    .run(text(SVG).toString('base64'), attachment.id);
  expect(await list()).toMatchObject([{ thumb: null }]);
  expect(await refusalOf(bytesOf(laptop, attachment.id))).toMatchObject({ code: 'attachment_kind' });
});

test('files of attachments removed long ago go, those of yesterday stay', async () => {
  const { attachment } = await attach(laptop, 'assets', asset, '机柜.png', png());
  await laptop.call.attachments.remove({ id: attachment.id });
  laptop.clock.set(29 * 86_400_000);
  sweepBlobs(laptop.engine);
  expect(existsSync(blobPath(laptop.dir, attachment.sha256))).toBe(true);
  laptop.clock.set(2 * 86_400_000);
  sweepBlobs(laptop.engine);
  expect(existsSync(blobPath(laptop.dir, attachment.sha256))).toBe(false);
});

test('a backup that is carried away takes along what no store has, to another laptop', async () => {
  const photo = pngOf(200_000);
  const { attachment } = await attach(laptop, 'assets', asset, '机柜.png', photo);
  const { name } = await laptop.call.system.backup();
  const pieces: string[] = [];
  for await (const { data } of await laptop.call.system.backupFile({ name })) pieces.push(data);
  const other = await testEngine({ machine: 'L04' });
  try {
    let staged: string | undefined;
    for (const data of pieces)
      ({ staged } = await other.call.system.stageBackup({ data, ...(staged === undefined ? {} : { staged }) }));
    await other.call.system.inspectBackup({ staged: staged ?? '' });
    await other.call.system.restore({ staged: staged ?? '' });
    expect((await bytesOf(other, attachment.id)).equals(photo)).toBe(true);
    expect(other.engine.db.value("SELECT 1 FROM sqlite_master WHERE name = '_carried'")).toBeUndefined();
  } finally {
    other.close();
  }
});

test('a restore on the same laptop finds the files where they are', async () => {
  const { name } = await laptop.call.system.backup();
  const photo = png();
  await attach(laptop, 'assets', asset, '之前.png', photo);
  const second = await laptop.call.system.backup();
  await laptop.call.system.restore({ name });
  expect(await list()).toEqual([]);
  await laptop.call.system.restore({ name: second.name });
  const [row] = await list();
  expect(row).toMatchObject({ name: '之前.png', here: true });
  expect((await bytesOf(laptop, row?.id ?? '')).equals(photo)).toBe(true);
});
