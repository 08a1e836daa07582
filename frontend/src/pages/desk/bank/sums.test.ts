import { expect, it } from 'vitest';
import { inTurns, sums } from './sums';

it('sums matches by currency', () => {
  const match = (currency: string, amount: number) => ({
    line: { currency },
    suggestion: { amount },
  });
  expect(sums([match('KRW', 5), match('USD', 1), match('KRW', 2)])).toEqual([
    ['KRW', 7],
    ['USD', 1],
  ]);
  expect(sums([])).toEqual([]);
});

it('takes turns and leaves none out', () => {
  expect(inTurns([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inTurns([], 2)).toEqual([]);
});
