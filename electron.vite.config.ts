/** Builds the Electron host and the renderer into out/. The browser host and the command line run from source. */
import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (path: string): string => resolve(import.meta.dirname, path);

/** Every file of helpers/ is a process of its own, except the line home that they share. */
const helpers = Object.fromEntries(
  readdirSync(here('main/engine/helpers'))
    .filter((file) => file.endsWith('.ts') && file !== 'parent.ts')
    .map((file) => [basename(file, '.ts'), here(`main/engine/helpers/${file}`)]),
);

// CommonJS and .cjs on purpose: a sandboxed preload can be nothing else, and package.json says "module".
// Everything but better-sqlite3 (the one entry under "dependencies") is bundled, so nothing else is packed twice.
const commonjs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' } as const;

export default defineConfig({
  main: {
    build: {
      reportCompressedSize: false,
      rolldownOptions: {
        input: { index: here('main/index.ts'), engine: here('main/engine/main.ts'), ...helpers },
        output: commonjs,
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but electron, so it must be one file.
      externalizeDeps: false,
      reportCompressedSize: false,
      rolldownOptions: { input: here('preload/index.ts'), output: commonjs },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [react()],
    build: {
      minify: true,
      reportCompressedSize: false,
      // Inlined assets would be data: URLs, which font-src forbids; the polyfill would be an inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // antd is one chunk of about 1 MB, read from the disk.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: here('renderer/index.html') },
    },
  },
});
