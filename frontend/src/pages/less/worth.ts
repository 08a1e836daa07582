import type { PurchaseOrder } from '../../lib/types-desk';

/**
 * What so much of a purchase order comes to at most, in minor units, VAT and delivery excluded: in
 * proportion to what was ordered (of each variant, where there are any), rounded up.
 */
export function worth(
  order: Pick<PurchaseOrder, 'quantity' | 'supply_value' | 'parts'>,
  each: readonly (number | null)[] | null,
  sum: number,
): number {
  const share = (value: number, now: number, of: number) =>
    of ? Number((BigInt(value) * BigInt(now) + BigInt(of) - 1n) / BigInt(of)) : 0;
  if (!each) return share(order.supply_value, sum, order.quantity);
  return order.parts.reduce(
    (total, part, at) => total + share(part.supply_value, each[at] ?? 0, part.quantity),
    0,
  );
}
