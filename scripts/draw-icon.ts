/**
 * Draws assets/icon.svg as the bitmaps that installers want: icon.png (1024, from which electron-builder makes macOS and Linux
 * sizes) and icon.ico. Needs a Chromium; run after the drawing changes: node scripts/draw-icon.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const assets = join(import.meta.dirname, '..', 'assets');
/** What Windows shows: lists, task bar at 100 to 200 %, desktop, large tiles. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];

const svg = readFileSync(join(assets, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

const draw = async (size: number): Promise<Buffer> => {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
};

/** ICONDIR, one ICONDIRENTRY per picture, then the PNGs themselves (allowed since Windows Vista). 0 stands for 256. */
const ico = (pictures: { size: number; png: Buffer }[]): Buffer => {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
};

writeFileSync(join(assets, 'icon.png'), await draw(1024));
const pictures = [];
for (const size of ICO_SIZES) pictures.push({ size, png: await draw(size) });
writeFileSync(join(assets, 'icon.ico'), ico(pictures));
await browser.close();
