import { expect, it } from 'vitest';
import { compare } from './parity.mjs';

function faults(ko, en) {
  const found = [];
  compare(ko, en, 'en.ts', found);
  return found;
}

it('is content with two languages of the same shape', () => {
  const ko = { a: '가', deep: { b: (n) => `${n}` } };
  expect(faults(ko, { a: 'a', deep: { b: (n) => `${n}` } })).toEqual([]);
});

it.each([
  ['a missing key', { a: '가', b: '나' }, { a: 'a' }],
  ['a key too many', { a: '가' }, { a: 'a', b: 'b' }],
  ['an empty text', { a: '가' }, { a: '' }],
  ['another kind', { a: '가' }, { a: () => 'a' }],
  ['other parameters', { a: (n) => n }, { a: () => 'a' }],
  ['a fault further in', { a: { b: '가' } }, { a: {} }],
])('finds %s', (_what, ko, en) => {
  expect(faults(ko, en)).toHaveLength(1);
});
