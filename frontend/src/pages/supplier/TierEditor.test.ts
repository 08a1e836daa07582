import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import TierEditor from './TierEditor.svelte';

const empty = () => [{ min_quantity: null, unit_price: null }];
const values = () => screen.getAllByRole<HTMLInputElement>('textbox').map((input) => input.value);

describe('the editor of tiers', () => {
  it('fills its rows with what was pasted', async () => {
    render(TierEditor, { rows: empty(), currency: 'KRW', unit: '개' });
    const [first] = screen.getAllByRole('textbox');
    await fireEvent.paste(first as Element, {
      clipboardData: { getData: () => '10\t1,000\n20\t900' },
    });
    expect(values()).toEqual(['10', '1,000', '20', '900']);
  });

  it('says what is wrong while it is typed, after one has left the field', async () => {
    const rows = [
      { min_quantity: 10, unit_price: '1000' },
      { min_quantity: 20, unit_price: '900' },
    ];
    render(TierEditor, { rows, currency: 'KRW', unit: '개' });
    const last = screen.getAllByRole('textbox')[3] as HTMLInputElement;
    await fireEvent.input(last, { target: { value: '1000' } });
    await fireEvent.blur(last);
    await tick();
    expect(last.getAttribute('aria-invalid')).toBe('true');
  });

  it('takes a row out without moving its text to the next', async () => {
    const rows = ['1000', '900', '800'].map((unit_price, i) => ({
      min_quantity: (i + 1) * 10,
      unit_price,
    }));
    render(TierEditor, { rows, currency: 'KRW', unit: '개' });
    await fireEvent.click(screen.getAllByRole('button')[1] as Element);
    expect(values()).toEqual(['10', '1,000', '30', '800']);
  });
});
