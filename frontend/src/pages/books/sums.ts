import type { Balance } from './types';

export type Row = Pick<Balance, 'label' | 'currency' | 'debit' | 'credit' | 'balance'> & {
  id: string;
  /** The sum of a currency's accounts. */
  sum: boolean;
};

/** The accounts of each currency, and below them what its two sides come to. Minor units. */
export function withSums(accounts: readonly Balance[], label: string): Row[] {
  const rows: Row[] = [];
  for (const currency of new Set(accounts.map((each) => each.currency))) {
    const own = accounts.filter((each) => each.currency === currency);
    rows.push(...own.map((each) => ({ ...each, id: `${currency} ${each.account}`, sum: false })));
    const total = (side: 'debit' | 'credit' | 'balance') =>
      own.reduce((sum, each) => sum + each[side], 0);
    rows.push({
      id: currency,
      label,
      currency,
      debit: total('debit'),
      credit: total('credit'),
      balance: total('balance'),
      sum: true,
    });
  }
  return rows;
}
