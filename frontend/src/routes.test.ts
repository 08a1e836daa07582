import { describe, expect, it } from 'vitest';
import { match } from './lib/router.svelte';
import { areas, navigation, routes } from './routes';

const later = await Promise.all(
  areas.map(async ({ within, routes: table }) => ({ within, routes: (await table()).routes })),
);
const all = [...routes, ...later.flatMap((area) => area.routes)];

/** Every address that the source names: a link, or a move to a page, with something for each gap. */
const sources = import.meta.glob<string>(['./**/*.svelte', './**/*.ts', '!./**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const named = Object.entries(sources).flatMap(([file, text]) =>
  [...text.matchAll(/(?:href(?:=|: )|router\.go\()\{?(["'`])(\/[^"'`]*)\1/g)].map((found) => ({
    file,
    path: (found[2] ?? '')
      .replace('{router.search}', '')
      .replace(/\$?\{[^}]*\}/g, '7')
      .replace(/[?#].*$/, ''),
  })),
);

/** As App.svelte looks for it. */
function leads(path: string): boolean {
  if (match(routes, path)) return true;
  return later.some((area) => area.within.test(path) && match(area.routes, path) !== null);
}

describe('the table of pages', () => {
  it.each(all.map((route) => route.path))('%s can be reached', (path) => {
    expect(leads(path.replace(/:\w+/g, '7'))).toBe(true);
  });

  it('has every address that the navigation names', () => {
    expect(navigation.filter((line) => !leads(line.path))).toEqual([]);
  });

  it('has every address that a page links to', () => {
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter(({ path }) => !leads(path) && !path.startsWith('/api/'))).toEqual([]);
  });
});
