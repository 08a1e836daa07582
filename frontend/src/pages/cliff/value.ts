import { minorDigits } from '../../lib/format';
import type { Decimal, Ladder } from '../../lib/types';

/** A larger order that costs less than the present one; amounts in minor units, VAT excluded. */
export interface Cheaper {
  price: Decimal;
  quantity: number;
  value: number;
  extra: number;
  now: { price: Decimal; quantity: number; value: number };
}

/** What the ladder's cliff comes to beside the present order; null where there is none, or it may not be told. */
export function cliffOf(ladder: Ladder, currency: string): Cheaper | null {
  const { cliff, current } = ladder;
  const now = current === null ? null : (ladder.tiers[current] ?? null);
  if (!cliff || now?.orderable == null) return null;
  const value = (price: Decimal, quantity: number) =>
    Math.round(Number(price) * quantity * 10 ** minorDigits(currency));
  return {
    price: cliff.unit_price,
    quantity: cliff.quantity,
    value: value(cliff.unit_price, cliff.quantity),
    extra: cliff.extra,
    now: {
      price: now.unit_price,
      quantity: now.orderable,
      value: value(now.unit_price, now.orderable),
    },
  };
}
