/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vite';

// The API's own address while developing. Host is left alone (no changeOrigin): Django compares it
// with Origin and would refuse every form.
const api = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:8000';
const proxied = ['/api', '/admin', '/static', '/s/', '/healthz', '/readyz'];

// light-dark(), nesting and @layer stay as they are written: these browsers know them.
const browsers = ['chrome125', 'firefox128', 'safari17.5'];

/**
 * Pieces that travel together: dozens of small ones compress worse, and queue at HTTP/1.1. A module
 * goes to the first piece that names it or needs it.
 */
const modules = (names: string) => new RegExp(String.raw`(${names})`);
const lib = (names: string) => String.raw`src[\\/]lib[\\/](${names})\.`;
const ui = (names: string) => lib(String.raw`ui[\\/](${names})`);
const pieces = [
  [
    'base',
    String.raw`node_modules[\\/](svelte|esm-env|clsx)[\\/]`,
    lib(String.raw`api|clock\.svelte|i18n\.svelte|live|problem|problem-text|messages[\\/]\w+`),
    lib(String.raw`router\.svelte|session\.svelte|resource\.svelte|toasts\.svelte|theme`),
    lib('format'),
    // What every dynamic import goes through; without this it lands in whatever piece has one.
    String.raw`vite[\\/]preload-helper`,
    ui('Icon|Button|Popover|Skeleton|Empty|ProblemView|Toasts|TimeLeft|PageHead'),
  ],
  ['view', lib('ladder'), ui('Ladder|Why|Money|Price|Quantity|When|Status')],
  ['form', lib('number-input|zone'), ui(String.raw`Form|\w*Field|Dialog|Confirm`)],
  ['list', ui('Table|Filters|Pager')],
].map(([name = '', ...tests], i) => ({ name, test: modules(tests.join('|')), priority: 9 - i }));

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  server: {
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: api, xfwd: true }])),
  },
  build: {
    target: browsers,
    cssTarget: browsers,
    assetsInlineLimit: 0, // the content security policy has no data: for scripts and fonts
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: pieces },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs', '*.test.mjs'],
    restoreMocks: true,
    // A document of its own for each file, without a process of its own: a third of the time.
    pool: 'vmThreads',
  },
});
