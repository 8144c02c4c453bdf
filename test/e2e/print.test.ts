import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { makeSchool, type School } from '../support/school.ts';
import { describeIf } from '../support/skip.ts';

const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;
const sentence = hasChromium
  ? 'Printed pages are read with poppler; install it (apt-get install poppler-utils).'
  : noChromium;

describeIf(hasChromium && hasPoppler, sentence)('printed papers', () => {
  // Chromium lays out and writes dozens of pages, on a machine that is busy with other tests.
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  let school: School;
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-print-'));
  beforeAll(async () => {
    app = await testApp();
    school = makeSchool(app.host.engine, { users: 131, devices: 40 });
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const show = async (path: string): Promise<void> => {
    // Another screen in between, so that no sheet of the last paper is left over.
    await page.evaluate(() => (location.hash = '#/settings'));
    await page.locator('.leaf').first().waitFor({ state: 'detached' });
    await page.evaluate((hash) => (location.hash = hash), `#/print/${path}`);
    await page.locator('.leaf').first().waitFor();
  };
  /** Text of every page, without spaces: mixed Chinese and Latin text gets extra ones (stack.md §11). */
  const printed = async (path: string): Promise<string[]> => {
    await show(path);
    const file = join(dir, `${path.replaceAll('/', '-')}.pdf`);
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    return text
      .split('\f')
      .slice(0, -1)
      .map((each) => each.replace(/[\s\u2060]+/g, ''));
  };
  const sizes = (path: string): string[] => {
    const info = execFileSync('pdfinfo', ['-l', '99', join(dir, `${path}.pdf`)], { encoding: 'utf8' });
    return [...info.matchAll(/size:\s+([\d.]+) x ([\d.]+)/g)].map(([, width, height]) =>
      Number(width) > Number(height) ? 'landscape' : 'portrait',
    );
  };

  test('a handover of 131 users: every page numbered, header rows repeated, no row lost, signatures with the last rows', async () => {
    const { handover } = await app.call.handover.create({
      location_id: school.building,
      giver: '李明',
      receiver: '张玉',
      supervisor: '赵主任',
    });
    const document = await app.call.handover.print({ id: handover.id });
    const pages = await printed(document.id);
    expect(pages.length).toBeGreaterThan(8);
    pages.forEach((text, index) => {
      expect(text).toContain(`第${index + 1}页共${pages.length}页`);
      expect(text).toContain('第1版打印');
      expect(text).toContain(`临江市第三中学${handover.number}`);
      expect(text).toContain('原件');
    });
    expect(pages[0]).toContain('临江市第三中学网络管理交接清单');
    expect(sizes(document.id).slice(0, 4)).toContain('landscape');
    const users = pages.filter((text) => text.includes('楼栋/楼层/房间'));
    // More sheets: a column too narrow for what it holds makes every row two lines high
    expect(users).toHaveLength(5);
    const macs = users.flatMap((text) => text.match(/3C-52-82-1A-[0-9A-F]{2}-[0-9A-F]{2}/g) ?? []);
    expect(new Set(macs).size).toBe(131);
    expect(macs).toHaveLength(131);
    const signed = pages.filter((text) => text.includes('制表人') && text.includes('审核人'));
    expect(signed).toHaveLength(1);
    expect(signed[0]).toMatch(/3C-52-82-1A/);
  });

  test('signature lines never stand alone, however many rows come before them', async () => {
    const { handover } = await app.call.handover.create({
      location_id: school.closet,
      giver: '李明',
      receiver: '张玉',
    });
    await show((await app.call.handover.print({ id: handover.id })).id);
    // 27 rows fit the first page: the interesting cuts leave a page just full, just over, and just too full for the signatures.
    for (const cut of [0, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]) {
      await page.evaluate((rows) => {
        const leaves = [...document.querySelectorAll<HTMLElement>('.leaf')];
        leaves.forEach((each, index) => (each.hidden = index !== 2));
        leaves[2]
          ?.querySelectorAll('tbody tr')
          .forEach((row, index, all) => ((row as HTMLElement).hidden = index >= all.length - rows));
      }, cut);
      const file = join(dir, 'cut.pdf');
      await page.pdf({ path: file, preferCSSPageSize: true });
      const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
      const signed = text.split('\f').filter((each) => each.includes('检查人'));
      expect(signed).toHaveLength(1);
      expect([cut, signed[0]?.includes('XX-2024-')]).toEqual([cut, true]);
    }
  });

  test('the copy for the centre carries its mark on every page', async () => {
    const { rows } = await app.call.papers.list({ filter: [{ field: 'form', op: 'equals', value: 'F-25' }] });
    await show(rows[0]?.id ?? '');
    await page.getByText('复印件', { exact: true }).click();
    const file = join(dir, 'copy.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.filter((text) => text.includes('复印件')).length).toBe(pages.length);
  });

  test('original and copy are printed one after the other, each under its own mark', async () => {
    const { rows } = await app.call.papers.list({ filter: [{ field: 'form', op: 'equals', value: 'F-25' }] });
    await show(rows[0]?.id ?? '');
    const marks = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          // The dialog of the system is the one thing that cannot be had here.
          window.print = () => {
            seen.push(getComputedStyle(document.documentElement).getPropertyValue('--paper-mark'));
            dispatchEvent(new Event('afterprint'));
            if (seen.length === 2) resolve(seen);
          };
        }),
    );
    await page.getByRole('button', { name: '打印原件和复印件' }).click();
    expect(await marks).toEqual(['"原件"', '"复印件"']);
  });

  test('the repair slip is two halves of one sheet, with its number', async () => {
    const { id } = await app.call.papers.ticket({ id: school.ticket });
    const pages = await printed(id);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.match(/BX-202609-L03-0001/g)).toHaveLength(2);
    expect(pages[0]).toMatch(/报修人联.*存档联/);
    expect(pages[0]).toContain('水晶头松动，时通时断');
  });

  test('a slip with more words than it has room for is one sheet still, cut between the copies, and names the ticket for the rest', async () => {
    const room = await app.call.locations.create({
      kind: 'room',
      name: '计算机网络与信息技术实验中心第二多媒体教室（原语音室）',
      parent_id: school.closet,
    });
    const long = await app.call.tickets.open({
      location_id: room.id,
      reporter: '计算机网络与信息技术实验中心值班教师欧阳明珠',
      department: '计算机网络与信息技术实验中心教学管理办公室',
      category: 'cable',
      symptom: '多媒体教室的电脑反复掉线，重新插拔网线后恢复几分钟。\n'.repeat(30),
    });
    await app.call.tickets.advance({ id: long.id, step: 'accept', assignee: '计算机网络实验中心欧阳明珠' });
    await app.call.tickets.advance({ id: long.id, step: 'arrive' });
    await app.call.tickets.advance({
      id: long.id,
      step: 'finish',
      cause: 'line',
      result: 'fixed',
      action: '更换水晶头并重新压接，逐段测试线路，发现天花板内线缆被老鼠咬断，重新布放一段六类线，'.repeat(20),
      parts: '六类水晶头、六类网线、信息面板、理线架、扎带、标签纸，'.repeat(7),
      vendor: '临江市信息网络技术服务有限公司第三分公司驻校维修服务部',
      cost: 1_234_500,
    });
    const { ticket } = await app.call.tickets.get({ id: long.id });
    const { id } = await app.call.papers.ticket({ id: long.id });
    const pages = await printed(id);
    expect(pages).toHaveLength(1);
    for (const words of [ticket.number, '部门负责人', '一式两份', '12345.00', '□不满意'])
      expect([words, pages[0]?.split(words).length]).toEqual([words, 3]);
    expect(pages[0]?.split('（全文见工单）')).toHaveLength(5);
    const words = execFileSync('pdftotext', ['-bbox', join(dir, `${id}.pdf`), '-'], { encoding: 'utf8' });
    const at = (pattern: RegExp, edge: 'yMin' | 'yMax'): number[] =>
      [...words.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</g)]
        .filter(([, , , text]) => pattern.test(text ?? ''))
        .map(([, top, bottom]) => (Number(edge === 'yMin' ? top : bottom) * 25.4) / 72);
    expect(at(/一式两份/, 'yMax')[0]).toBeLessThan(148);
    expect(at(/报修单/, 'yMin')[1]).toBeGreaterThan(148);
    expect(at(/一式两份/, 'yMax')[1]).toBeLessThan(292);
  });

  test('a notice on the screen is not on the paper', async () => {
    const place = await app.call.locations.create({ kind: 'building', name: '体育馆' });
    await app.call.assets.create({ name: '音响', category: 'other', status: 'in_use', location_id: place.id });
    const { handover } = await app.call.handover.create({ location_id: place.id, giver: '李明', receiver: '张玉' });
    const { id } = await app.call.handover.print({ id: handover.id });
    await page.evaluate((hash) => (location.hash = hash), `#/handover/${handover.id}`);
    await page.getByRole('button', { name: '办结' }).click();
    const notice = page.locator('.ant-message').getByText('没有核对清楚');
    await notice.waitFor();
    await page.evaluate((hash) => (location.hash = hash), `#/print/${id}`);
    await page.locator('.leaf').first().waitFor();
    expect(await notice.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await notice.isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
    const file = join(dir, 'notice.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    expect(text).toContain('移交人');
    expect(text).not.toContain('没有核对清楚');
  });

  test('blank forms print with their columns, boxes and signature lines', async () => {
    expect((await printed('blank/F-12')).join('')).toMatch(/□自然损坏.*报修人.*维修人/);
    expect((await printed('blank/F-25')).join('')).toMatch(/移交人.*□相符□不符.*监交人.*附表一/);
    expect(await printed('blank/F-01')).toHaveLength(1);
    expect((await printed('blank/F-04')).join('')).toContain('空白表');
  });

  test('hostile text stays text, and nothing broke the policy of the page', async () => {
    const place = await app.call.locations.create({ kind: 'building', name: '<img src=x onerror=alert(1)>"\\\'' });
    await app.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use', location_id: place.id });
    const { handover } = await app.call.handover.create({
      location_id: place.id,
      giver: '李明"\\',
      receiver: '<b>张玉</b>',
    });
    const { id } = await app.call.handover.print({ id: handover.id });
    const pages = await printed(id);
    expect(pages[0]).toContain('<b>张玉</b>');
    expect(await page.locator('.leaf img, .leaf b, .leaf script').count()).toBe(0);
    expect(app.faults).toEqual([]);
  });
});
