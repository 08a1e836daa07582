import type { Tier } from '../../../../lib/types';

/** What an offer comes to at a quantity. Amounts in minor units, VAT excluded. */
export interface Cost {
  /** Units that would be ordered: whole packs, as at the clearing. */
  ordered: number;
  /** Null where the offer does not reach: too little for its first tier, or above its capacity. */
  unit_price: string | null;
  goods: number;
  /** What the host asks of the goods. */
  fee: number;
  total: number;
  /** Minor units for one, delivery and fee included. */
  each: number;
  why: 'too_few' | 'too_many' | null;
}
export interface Terms {
  tiers: readonly Tier[];
  pack_size: number;
  capacity: number | null;
  delivery_cost: number;
}

/** The price that holds at a quantity: that of the last tier it reaches. */
export function priceAt(tiers: readonly Tier[], quantity: number): string | null {
  return tiers.findLast((tier) => tier.min_quantity <= quantity)?.unit_price ?? null;
}

/**
 * What buying `quantity` on this offer would cost; `digits` of the currency's minor unit, the host's
 * fee in basis points.
 */
export function costAt(offer: Terms, quantity: number, digits: number, feeBp = 0): Cost {
  const ordered = Math.floor(quantity / offer.pack_size) * offer.pack_size;
  const price = priceAt(offer.tiers, ordered);
  const none = { ordered, unit_price: null, goods: 0, fee: 0, total: 0, each: 0 };
  if (offer.capacity !== null && ordered > offer.capacity) return { ...none, why: 'too_many' };
  if (price === null || ordered === 0) return { ...none, why: 'too_few' };
  const goods = Math.round(ordered * Number(price) * 10 ** digits);
  const fee = Math.floor((goods * feeBp) / 10_000);
  const total = goods + offer.delivery_cost + fee;
  return { ordered, unit_price: price, goods, fee, total, each: total / ordered, why: null };
}

/** Places of the cheapest for one unit, delivery included; several when they are equal. */
export function cheapest(costs: readonly Cost[]): Set<number> {
  const able = costs.flatMap((cost, i) => (cost.why === null ? [{ each: cost.each, i }] : []));
  const least = Math.min(...able.map(({ each }) => each));
  return new Set(able.filter(({ each }) => each === least).map(({ i }) => i));
}
