import type { Tier } from '../../../../lib/types';

/** What an offer comes to at a quantity. Amounts in minor units, VAT excluded. */
export interface Cost {
  /** Units that would be ordered: whole packs, at least the quantity. */
  ordered: number;
  /** Null where the offer does not reach: too little for its first tier, or above its capacity. */
  unit_price: string | null;
  goods: number;
  total: number;
  /** Minor units for one, delivery included. */
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

/** What buying `quantity` on this offer would cost; `digits` of the currency's minor unit. */
export function costAt(offer: Terms, quantity: number, digits: number): Cost {
  const ordered = Math.ceil(quantity / offer.pack_size) * offer.pack_size;
  const price = priceAt(offer.tiers, ordered);
  const none = { ordered, unit_price: null, goods: 0, total: 0, each: 0 };
  if (offer.capacity !== null && ordered > offer.capacity) return { ...none, why: 'too_many' };
  if (price === null || ordered === 0) return { ...none, why: 'too_few' };
  const goods = Math.round(ordered * Number(price) * 10 ** digits);
  const total = goods + offer.delivery_cost;
  return { ordered, unit_price: price, goods, total, each: total / ordered, why: null };
}

/** Places of the cheapest for one unit, delivery included; several when they are equal. */
export function cheapest(costs: readonly Cost[]): Set<number> {
  const able = costs.flatMap((cost, i) => (cost.why === null ? [{ each: cost.each, i }] : []));
  const least = Math.min(...able.map(({ each }) => each));
  return new Set(able.filter(({ each }) => each === least).map(({ i }) => i));
}

/** Quantities worth telling apart: where a price of some offer begins, and the one compared at. */
export function keyQuantities(offers: readonly Terms[], present: number): number[] {
  const steps = offers.flatMap((offer) => offer.tiers.map(({ min_quantity }) => min_quantity));
  return ascending([...steps, present]);
}

const SAMPLES = 60;

/** Quantities to draw a curve through: evenly spread, and both sides of every jump. */
export function drawnQuantities(offers: readonly Terms[], present: number): number[] {
  const jumps = offers.flatMap((offer) => [
    // The last quantity that is not yet rounded up into the tier by whole packs, and the next.
    ...offer.tiers.flatMap(({ min_quantity }) => {
      const before = (Math.ceil(min_quantity / offer.pack_size) - 1) * offer.pack_size;
      return [before, before + 1, min_quantity];
    }),
    ...(offer.capacity === null ? [] : [offer.capacity]),
  ]);
  const last = Math.ceil(Math.max(present, ...jumps, 1) * 1.15);
  const spread = Array.from({ length: SAMPLES }, (_, i) => Math.round(((i + 1) * last) / SAMPLES));
  return ascending([...jumps, ...spread, present, last]);
}

function ascending(quantities: readonly number[]): number[] {
  return [...new Set(quantities)].filter((quantity) => quantity >= 1).sort((a, b) => a - b);
}
