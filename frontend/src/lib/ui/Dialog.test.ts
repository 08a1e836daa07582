import { render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { speaking } from '../i18n.svelte';
import Harness from './Dialog.harness.svelte';

beforeEach(() => {
  speaking.use('en');
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
});

/** The dialog, its form and what asks are there. */
async function opened(onclose: () => void) {
  render(Harness, { onclose });
  await vi.waitFor(() => {
    flushSync();
    expect(document.querySelectorAll('dialog')).toHaveLength(2);
  });
  return document.querySelectorAll('dialog')[0]!;
}
const isOpen = () => {
  flushSync();
  return document.querySelectorAll('dialog')[0]!.open;
};
const press = (name: string) => screen.getByRole('button', { name, hidden: true }).click();
const escape = (dialog: HTMLDialogElement) => {
  const event = new Event('cancel', { cancelable: true });
  dialog.dispatchEvent(event);
  return event.defaultPrevented;
};
function type(text: string) {
  const box = screen.getByLabelText<HTMLInputElement>(/^Quantity/);
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}

it('closes at once where nothing was typed', async () => {
  const onclose = vi.fn();
  await opened(onclose);
  press('Close');
  expect(isOpen()).toBe(false);
  expect(onclose).toHaveBeenCalledOnce();
});

it.each(['its cross', 'Escape'])(
  'asks before it is closed by %s over what was typed',
  async (by) => {
    const onclose = vi.fn();
    const dialog = await opened(onclose);
    const leave = () => {
      if (by === 'Escape') expect(escape(dialog)).toBe(true);
      else screen.getAllByRole('button', { name: 'Close', hidden: true })[0]!.click();
      flushSync();
    };
    type('5');
    leave();
    expect(isOpen()).toBe(true);
    press('Keep writing');
    expect(isOpen()).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>(/^Quantity/).value).toBe('5');

    leave();
    press('Leave without saving');
    expect(isOpen()).toBe(false);
    expect(onclose).toHaveBeenCalledOnce();
  },
);
