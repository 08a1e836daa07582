import { expect, test } from 'vitest';
import type { Schemas } from '../../lib/types';
import { linesOf, toOffset } from './types';

test('the lines of a payout come to its amount, what is taken off below zero', () => {
  const row = { goods: 1000, delivery: 0, vat: 100, deducted: 55, earlier: 20 };
  const lines = linesOf(row);
  expect(lines.map((line) => line.of)).toEqual(['goods', 'vat', 'deducted', 'earlier']);
  expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(1025);
});

test('a debt is taken off only where its supplier is owed all of it in its currency', () => {
  const of = (id: string, supplier: string, currency: string, open: number) =>
    ({
      campaign: { id, title: `No. ${id}` },
      supplier: { id: supplier },
      currency,
      open,
    }) as Schemas['PayoutTotal'];
  const campaigns = [
    of('1', 'a', 'KRW', 500),
    of('2', 'a', 'KRW', 499),
    of('3', 'a', 'USD', 900),
    of('4', 'b', 'KRW', 900),
    of('5', 'a', 'KRW', 0),
    of('6', 'a', 'KRW', 501),
  ];
  const debt = { supplier: { id: 'a' }, currency: 'KRW', amount: 500 } as Schemas['Debt'];
  expect(toOffset(campaigns, debt)).toEqual([
    { value: '1', label: 'No. 1' },
    { value: '6', label: 'No. 6' },
  ]);
});
