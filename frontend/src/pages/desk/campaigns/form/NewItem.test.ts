import { render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { api } from '../../../../lib/api';
import { speaking } from '../../../../lib/i18n.svelte';
import NewItem from './NewItem.svelte';

const RICE = {
  id: 'a',
  name: '쌀 20kg',
  code: 'R-1',
  unit: 'each',
  unit_label: 'each',
  pack_size: 1,
  vat_class: 'exempt',
  category: null,
  cover: null,
};

let there: unknown[] = [];
const post = vi.fn(() => Promise.resolve(RICE));
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
};

beforeEach(() => {
  speaking.use('en');
  vi.spyOn(api, 'post').mockImplementation(post as never);
  vi.spyOn(api, 'get').mockImplementation((path: string) =>
    Promise.resolve(
      (path === '/items/like' ? there : path === '/units' ? [] : { results: [] }) as never,
    ),
  );
  post.mockClear();
});
const until = (check: () => void) =>
  vi.waitFor(() => {
    flushSync();
    check();
  });
const button = (name: string | RegExp) => screen.getByRole('button', { name, hidden: true });

it('takes over what was typed and shows what is there already before anything is made', async () => {
  there = [RICE];
  const onmade = vi.fn();
  render(NewItem, { open: true, called: '쌀20kg', onmade });
  await until(() => expect(screen.getByText('Is it one of these?')).toBeTruthy());
  expect(screen.getByLabelText<HTMLInputElement>(/^Name of the item/).value).toBe('쌀20kg');
  button(/^Use this item/).click();
  await until(() => expect(onmade).toHaveBeenCalled());
  expect(onmade).toHaveBeenCalledWith(RICE);
  expect(post).not.toHaveBeenCalled();
});

it('makes it all the same when that is said again, and at once when nothing is like it', async () => {
  there = [RICE];
  const first = render(NewItem, { open: true, called: '쌀20kg', onmade: vi.fn() });
  await until(() => expect(button('Add it all the same')).toBeTruthy());
  button('Add it all the same').click();
  await until(() => expect(post).toHaveBeenCalledOnce());
  first.unmount();

  there = [];
  post.mockClear();
  render(NewItem, { open: true, called: '콩 3kg', onmade: vi.fn() });
  button('Add an item').click();
  await until(() => expect(post).toHaveBeenCalledOnce());
});
