import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetAll, resource, type Resource } from './resource.svelte';

interface Shown {
  ladder: number;
  may: boolean;
}
/** Answers that the test gives, in the order in which they were asked for. */
let asked: ((body: Shown) => void)[];
let stop: () => void;
let page: Resource<Shown>;

beforeEach(() => {
  asked = [];
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((answer) => {
        asked.push((body) => answer(Response.json(body)));
      }),
  );
  stop = $effect.root(() => {
    page = resource<Shown>(() => ['/thing']);
  });
  flushSync();
});

afterEach(() => {
  stop();
  forgetAll();
  vi.unstubAllGlobals();
});

test('the answer to the last question is shown, whichever comes first', async () => {
  const first = page.reload();
  const last = page.reload();
  asked[2]?.({ ladder: 3, may: true });
  await last;
  asked[1]?.({ ladder: 2, may: false });
  await first;
  expect(page.data).toEqual({ ladder: 3, may: true });
});

test('what is told in passing is shown at once when nothing is under way', async () => {
  asked[0]?.({ ladder: 1, may: false });
  await vi.waitFor(() => expect(page.data).toEqual({ ladder: 1, may: false }));
  page.amend({ ladder: 2, may: false });
  expect(page.data).toEqual({ ladder: 2, may: false });
  expect(asked).toHaveLength(1);
});

test('what is told in passing does not cost an answer that is under way', async () => {
  asked[0]?.({ ladder: 1, may: false });
  await vi.waitFor(() => expect(page.data).toEqual({ ladder: 1, may: false }));
  // A deed is done and the page asks anew; before the answer comes, the stream tells the ladder.
  const reloaded = page.reload();
  page.amend({ ladder: 2, may: false });
  asked[1]?.({ ladder: 1, may: true });
  await reloaded;
  asked[2]?.({ ladder: 2, may: true });
  await vi.waitFor(() => expect(page.data).toEqual({ ladder: 2, may: true }));
});

test('a reading again that fails is no failure of what was done before it', async () => {
  asked[0]?.({ ladder: 1, may: false });
  await vi.waitFor(() => expect(page.data).toEqual({ ladder: 1, may: false }));
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('away')));
  expect(await page.reload()).toBe(false);
  expect(page.problem?.code).toBe('offline');
  expect(page.data).toEqual({ ladder: 1, may: false });
});
