import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { forgetAll } from '../../../lib/resource.svelte';
import { router } from '../../../lib/router.svelte';
import Disputes from './Disputes.svelte';

afterEach(() => {
  forgetAll();
  vi.unstubAllGlobals();
});

it.each([
  ['', 'true'],
  ['?show=over', 'false'],
])('asks at “%s” for disputes of which open is %s', async (query, open) => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return Response.json({ results: [], next: null, previous: null });
  });
  router.go(`/desk/payments/disputes${query}`);
  render(Disputes);
  flushSync();
  await vi.waitFor(() => expect(asked.find((url) => url.includes('/disputes?'))).toBeTruthy());
  const url = asked.find((each) => each.includes('/disputes?'))!;
  expect(new URL(url, 'http://here').searchParams.get('open')).toBe(open);
});
