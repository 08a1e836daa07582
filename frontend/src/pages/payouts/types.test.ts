import { expect, test } from 'vitest';
import { linesOf } from './types';

test('the lines of a payout come to its amount, what is taken off below zero', () => {
  const row = { goods: 1000, delivery: 0, vat: 100, deducted: 55, earlier: 20 };
  const lines = linesOf(row);
  expect(lines.map((line) => line.of)).toEqual(['goods', 'vat', 'deducted', 'earlier']);
  expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(1025);
});
