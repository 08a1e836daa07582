import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { match, router } from './router.svelte';

const routes = [
  { path: '/' },
  { path: '/campaigns' },
  { path: '/campaigns/new' },
  { path: '/campaigns/:id' },
  { path: '/campaigns/:id/offers/:offer' },
];

describe('match', () => {
  it.each([
    ['/', '/', {}],
    ['/campaigns', '/campaigns', {}],
    ['/campaigns/', '/campaigns', {}],
    ['/campaigns/new', '/campaigns/new', {}],
    ['/campaigns/7', '/campaigns/:id', { id: '7' }],
    ['/campaigns/a%20b', '/campaigns/:id', { id: 'a b' }],
    ['/campaigns/%E0%A4%A', '/campaigns/:id', { id: '%E0%A4%A' }],
    ['/campaigns/7/offers/9', '/campaigns/:id/offers/:offer', { id: '7', offer: '9' }],
  ])('%s is %s', (path, pattern, params) => {
    expect(match(routes, path)).toEqual({ route: { path: pattern }, params });
  });

  it.each(['/campaign', '/campaigns/7/offers', '/campaigns/7/8/9'])('%s is nothing', (path) => {
    expect(match(routes, path)).toBeNull();
  });
});

describe('router', () => {
  beforeEach(() => router.go('/campaigns', { replace: true }));

  it('keeps the match of a page standing while only the query changes', () => {
    let matches = 0;
    const stop = $effect.root(() => {
      const found = $derived(match(routes, router.path));
      $effect(() => {
        void found;
        matches += 1;
      });
    });
    flushSync();
    router.setQuery({ search: '장' });
    flushSync();
    router.setQuery({ search: '장갑', state: 'open' });
    flushSync();
    expect(router.query.get('search')).toBe('장갑');
    expect(matches).toBe(1);

    router.go('/campaigns/7');
    flushSync();
    expect(matches).toBe(2);
    stop();
  });

  it('takes empty parts out of the query and leaves no question mark behind', () => {
    router.setQuery({ search: 'x', state: 'open' });
    router.setQuery({ search: '', state: null });
    expect(location.href.endsWith('/campaigns')).toBe(true);
  });

  it('does not fill the history with every letter of a search', () => {
    const before = history.length;
    router.setQuery({ search: 'a' });
    router.setQuery({ search: 'ab' });
    expect(history.length).toBe(before);
  });

  it('leads nobody to another site', () => {
    for (const to of [
      'https://other.example/needs',
      '//other.example/admin/',
      '/\\other.example/',
    ]) {
      router.go('/needs');
      router.go(to);
      expect(router.path).toBe('/');
      expect(location.host).toBe(new URL(location.href).host);
    }
  });

  it('marks the entry by which one comes in', async () => {
    history.replaceState(null, '', '/campaigns');
    vi.resetModules();
    await import('./router.svelte');
    expect(history.state).toEqual({ at: 0 });
  });

  describe('while a page is held', () => {
    const asked: (() => void)[] = [];
    let end = () => {};
    const browserMoved = () =>
      new Promise((done) => addEventListener('popstate', done, { once: true }));
    beforeEach(() => {
      asked.length = 0;
      end();
      end = router.hold((leave) => asked.push(leave) > 0);
    });
    afterEach(() => end());

    it('stays until it is let go', () => {
      router.go('/needs');
      expect(router.path).toBe('/campaigns');
      asked[0]?.();
      expect(router.path).toBe('/needs');
    });

    it('asks before another part of it, not for a filter or a redirect', () => {
      router.setQuery({ search: 'a' });
      router.go('/campaigns?search=b');
      router.go('/campaigns', { replace: true });
      expect(asked).toHaveLength(0);
      router.go('/campaigns?tab=rules');
      expect(asked).toHaveLength(1);
      router.go('/orders', { replace: true });
      expect(router.path).toBe('/orders');
    });

    it('asks nothing any more once it is ended', () => {
      end();
      router.go('/needs');
      expect(router.path).toBe('/needs');
    });

    it('takes the way back in the history back too, and goes it when it is let go', async () => {
      end();
      router.go('/campaigns/7');
      router.go('/campaigns/new');
      end = router.hold((leave) => asked.push(leave) > 0);
      history.back();
      await browserMoved();
      await browserMoved();
      expect([router.path, location.pathname]).toEqual(['/campaigns/new', '/campaigns/new']);
      expect(asked).toHaveLength(1);
      asked[0]?.();
      await browserMoved();
      expect([router.path, location.pathname]).toEqual(['/campaigns/7', '/campaigns/7']);
    });
  });

  function click(html: string, options: MouseEventInit = {}): boolean {
    document.body.innerHTML = html;
    const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...options });
    document.querySelector('a')?.dispatchEvent(event);
    return event.defaultPrevented;
  }

  it('follows links of our own', () => {
    expect(click('<a href="/campaigns/7">x</a>')).toBe(true);
    expect(router.path).toBe('/campaigns/7');
  });

  it.each([
    ['another site', '<a href="https://other.example/">x</a>', {}],
    ['the API', '<a href="/api/v1/orders?export=xlsx">x</a>', {}],
    ['a new tab', '<a href="/needs" target="_blank">x</a>', {}],
    ['a download', '<a href="/needs" download>x</a>', {}],
    ['a place on this page', '<a href="/campaigns#main">x</a>', {}],
    ['a click with a key held', '<a href="/needs">x</a>', { ctrlKey: true }],
  ])('leaves %s to the browser', (_what, html, options) => {
    addEventListener('click', (event) => event.preventDefault(), { once: true });
    let ours: boolean | undefined;
    document.addEventListener('click', (event) => (ours = event.defaultPrevented), { once: true });
    click(html, options);
    expect(ours).toBe(false);
    expect(router.path).toBe('/campaigns');
  });
});
