import { expect, it } from 'vitest';
import { chosen, refused, together } from './parts';

const parts = ['s', 'm', 'l'].map((variant) => ({ variant }));

it('takes a field that is left blank, or was cleared, for none', () => {
  expect(chosen(parts, { m: 3, l: null })).toEqual({ s: 0, m: 3, l: 0 });
  expect(together(parts, { m: 3, l: null })).toBe(3);
  expect(together(parts, {})).toBe(0);
});

it('leaves out what is typed for variants that are not offered any more', () => {
  expect(chosen(parts.slice(0, 1), { s: 1, m: 3 })).toEqual({ s: 1 });
});

it('refuses beside the fields', () => {
  expect(refused('Too many.').fields).toEqual({ parts: ['Too many.'] });
});
