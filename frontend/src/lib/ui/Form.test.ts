import { render, screen } from '@testing-library/svelte';
import { flushSync, tick } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { speaking } from '../i18n.svelte';
import { Problem } from '../problem';
import { router } from '../router.svelte';
import Harness from './Form.harness.svelte';

beforeEach(() => speaking.use('en'));

const box = (name: string) => screen.getByLabelText<HTMLInputElement>(new RegExp(`^${name}`));

function type(input: HTMLInputElement, text: string) {
  input.value = text;
  input.setSelectionRange(text.length, text.length);
  input.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}
const send = async () => {
  screen.getByRole('button', { name: 'Send' }).click();
  await vi.waitFor(() => {
    flushSync();
    expect(screen.getByRole('form').getAttribute('aria-busy')).toBe('false');
  });
  await tick();
};

it('checks before it sends, and says where', async () => {
  const onsend = vi.fn();
  render(Harness, { onsend });
  await send();
  expect(onsend).not.toHaveBeenCalled();
  expect(screen.getByRole('alert').textContent).toContain('Quantity: Required');
  expect(box('Quantity').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(screen.getByRole('alert'));

  screen.getByRole('link', { name: 'Quantity: Required' }).click();
  expect(document.activeElement).toBe(box('Quantity'));
});

it('groups thousands while one types and hands over a number', async () => {
  const onsend = vi.fn();
  render(Harness, { onsend });
  type(box('Quantity'), '1234567');
  expect(box('Quantity').value).toBe('1,234,567');
  type(box('Price limit'), '4.955');
  await send();
  expect(onsend).toHaveBeenCalledWith({ quantity: 1234567, limit: '4.955' });
});

it('keeps a point that is being typed', () => {
  render(Harness, { onsend: vi.fn() });
  type(box('Price limit'), '12.');
  expect(box('Price limit').value).toBe('12.');
});

it('shows what the server refuses, beside the field and in the summary, and keeps what was typed', async () => {
  const fields = { quantity: [{ code: 'capacity', message: 'Too many.' }] };
  const onsend = vi.fn().mockRejectedValue(new Problem({ status: 422, code: 'invalid', fields }));
  render(Harness, { onsend });
  type(box('Quantity'), '90');
  await send();
  expect(screen.getByRole('alert').textContent).toContain('Quantity: Too many.');
  expect(box('Quantity').value).toBe('90');

  type(box('Quantity'), '80');
  expect(box('Quantity').getAttribute('aria-invalid')).toBe('false');
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says what concerns no field, and how to ask for help when the server failed', async () => {
  const body = { status: 500, code: 'error', detail: 'Broken.', request_id: 'r-77' };
  const onsend = vi.fn().mockRejectedValue(new Problem(body));
  render(Harness, { onsend });
  type(box('Quantity'), '90');
  await send();
  expect(screen.getByRole('alert').textContent).toContain('Broken.');
  expect(screen.getByRole('alert').textContent).toContain('r-77');
});

it('speaks the language of the screen at once', () => {
  render(Harness, { onsend: vi.fn() });
  expect(screen.getByText('optional')).toBeTruthy();
  speaking.use('ko');
  flushSync();
  expect(screen.getByText('선택')).toBeTruthy();
});

it('asks before a long form is left with something typed, and not once that is sent', async () => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
  };
  const closing = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  router.go('/start', { replace: true });
  render(Harness, { onsend: async () => undefined, long: true });
  // The part that asks is loaded beside the form.
  await vi.waitFor(() => expect(document.querySelector('dialog')).not.toBeNull());
  expect(closing()).toBe(false);

  type(box('Quantity'), '5');
  expect(closing()).toBe(true);
  router.go('/elsewhere');
  flushSync();
  expect(router.path).toBe('/start');
  screen.getByRole('button', { name: 'Keep writing', hidden: true }).click();
  flushSync();
  expect(box('Quantity').value).toBe('5');

  router.go('/elsewhere');
  flushSync();
  screen.getByRole('button', { name: 'Leave without saving', hidden: true }).click();
  expect(router.path).toBe('/elsewhere');

  await send();
  expect(closing()).toBe(false);
  router.go('/start');
  expect(router.path).toBe('/start');
});

it('asks nothing before a short form is left', () => {
  render(Harness, { onsend: async () => undefined });
  router.go('/start', { replace: true });
  type(box('Quantity'), '5');
  router.go('/elsewhere');
  expect(router.path).toBe('/elsewhere');
});

it('counts what is to be corrected, and nothing where the connection is lost', async () => {
  let answer: Problem | null = new Problem({ status: 0, code: 'offline' });
  render(Harness, {
    onsend: async () => {
      if (answer) throw answer;
    },
  });
  type(box('Quantity'), '5');
  await send();
  expect(screen.getByRole('alert').textContent?.trim()).toBe(
    'You are offline. Check the connection and try again.',
  );
  const wrong = [{ code: 'max_value', message: 'This must be 3 or less.' }];
  answer = new Problem({ status: 422, code: 'invalid', fields: { quantity: wrong } });
  await send();
  expect(screen.getByRole('alert').textContent).toContain('1 thing needs your attention');
  type(box('Quantity'), '3');
  expect(screen.queryByRole('alert')).toBeNull();
});
