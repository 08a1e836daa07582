import type { PaymentState } from '../../../lib/types';

export interface Total {
  of: Exclude<PaymentState, 'cancelled' | 'lapsed'> | 'overdue';
  count: number;
  /** Minor units. */
  amount: number;
}

/** Sums by state, what is overdue apart from what is merely awaited; nothing for empty ones. */
export function totalsOf(
  payments: readonly { state: PaymentState; amount: number; missing: number; due_at: string }[],
  now: number,
): Total[] {
  const sums = new Map<Total['of'], Total>();
  for (const { state, amount, missing, due_at } of payments) {
    if (state === 'cancelled' || state === 'lapsed') continue;
    const waited = state === 'awaiting_transfer' || state === 'on_account';
    const of = waited && Date.parse(due_at) <= now ? 'overdue' : state;
    const sum = sums.get(of) ?? { of, count: 0, amount: 0 };
    // Of what has arrived in part, only what is missing is waited for.
    const left = waited ? missing : amount;
    sums.set(of, { of, count: sum.count + 1, amount: sum.amount + left });
  }
  const order: Total['of'][] = [
    'overdue',
    'requires_action',
    'awaiting_transfer',
    'on_account',
    'scheduled',
    'processing',
    'retrying',
    'paid',
    'partially_refunded',
    'refund_due',
    'refunded',
    'disputed',
    'charged_back',
  ];
  return order.flatMap((of) => sums.get(of) ?? []);
}

/** What a word of the filter asks the server for. */
export function askedFor(word: string, now: number): { state?: string; due_before?: string } {
  const minute = 60_000;
  switch (word) {
    case 'awaiting':
      return { state: 'awaiting_transfer' };
    case 'overdue':
      // Whole minutes keep the address stable.
      return {
        state: 'awaiting_transfer',
        due_before: new Date(Math.floor(now / minute) * minute).toISOString(),
      };
    case 'all':
      return {};
    default:
      return { state: word };
  }
}
