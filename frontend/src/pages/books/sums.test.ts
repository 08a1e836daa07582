import { expect, test } from 'vitest';
import { withSums } from './sums';

const row = (account: string, currency: string, debit: number, credit: number) => ({
  account,
  label: account,
  currency,
  debit,
  credit,
  balance: debit - credit,
});

test('each currency has its own sum below its accounts', () => {
  const rows = withSums(
    [row('bank', 'KRW', 500, 0), row('fee', 'KRW', 0, 500), row('bank', 'USD', 7, 2)],
    'Sum',
  );
  expect(
    rows.map(({ id, debit, credit, balance, sum }) => [id, debit, credit, balance, sum]),
  ).toEqual([
    ['KRW bank', 500, 0, 500, false],
    ['KRW fee', 0, 500, -500, false],
    ['KRW', 500, 500, 0, true],
    ['USD bank', 7, 2, 5, false],
    ['USD', 7, 2, 5, true],
  ]);
});

test('nothing has no sum', () => {
  expect(withSums([], 'Sum')).toEqual([]);
});
