import { describe, expect, it } from 'vitest';
import { askedFor, totalsOf } from './totals';

const now = Date.parse('2026-05-10T00:00:30Z');
const due_at = (at: string) => `2026-05-${at}T00:00:00Z`;

describe('totals of payments', () => {
  it('tell what is overdue from what is awaited, and leave cancelled ones out', () => {
    expect(
      totalsOf(
        [
          { state: 'awaiting_transfer', amount: 180, missing: 100, due_at: due_at('09') },
          { state: 'awaiting_transfer', amount: 200, missing: 200, due_at: due_at('11') },
          { state: 'paid', amount: 300, missing: 0, due_at: due_at('09') },
          { state: 'paid', amount: 50, missing: 0, due_at: due_at('09') },
          { state: 'cancelled', amount: 999, missing: 0, due_at: due_at('09') },
        ],
        now,
      ),
    ).toEqual([
      { of: 'overdue', count: 1, amount: 100 },
      { of: 'awaiting_transfer', count: 1, amount: 200 },
      { of: 'paid', count: 2, amount: 350 },
    ]);
  });
  it('count a payment as overdue from its due time on', () => {
    const at = Date.parse(due_at('11'));
    const one = [
      { state: 'awaiting_transfer' as const, amount: 1, missing: 1, due_at: due_at('11') },
    ];
    expect(totalsOf(one, at - 1)[0]?.of).toBe('awaiting_transfer');
    expect(totalsOf(one, at)[0]?.of).toBe('overdue');
  });
});

describe('words of the filter', () => {
  it('become what the server is asked for', () => {
    expect(askedFor('awaiting', now)).toEqual({ state: 'awaiting_transfer' });
    expect(askedFor('overdue', now)).toEqual({
      state: 'awaiting_transfer',
      due_before: '2026-05-10T00:00:00.000Z',
    });
    expect(askedFor('refund_due', now)).toEqual({ state: 'refund_due' });
    expect(askedFor('all', now)).toEqual({});
  });
});
