import { describe, expect, it } from 'vitest';
import { cheapest, costAt, priceAt } from './compare';

const tiers = [
  { min_quantity: 100, unit_price: '10' },
  { min_quantity: 500, unit_price: '8.5' },
];
const offer = { tiers, pack_size: 20, capacity: 1000, delivery_cost: 600 };

describe('what an offer costs', () => {
  it('is the price of the tier reached, and none below the first', () => {
    expect(priceAt(tiers, 99)).toBeNull();
    expect(priceAt(tiers, 499)).toBe('10');
    expect(priceAt(tiers, 500)).toBe('8.5');
  });
  it('counts whole packs, the delivery and the fee of the host', () => {
    const cost = costAt(offer, 519, 0);
    expect(cost).toMatchObject({ ordered: 500, unit_price: '8.5', goods: 4250, total: 4850 });
    expect(cost.each).toBeCloseTo(9.7);
    expect(costAt(offer, 499, 0)).toMatchObject({ ordered: 480, unit_price: '10' });
    expect(costAt(offer, 500, 0, 250)).toMatchObject({ fee: 106, total: 4956 });
  });
  it('is in minor units of the currency', () => {
    expect(costAt({ ...offer, delivery_cost: 0 }, 100, 2).goods).toBe(100_000);
  });
  it('says when it is too little or too much', () => {
    expect(costAt(offer, 60, 0).why).toBe('too_few');
    expect(costAt(offer, 1020, 0).why).toBe('too_many');
    expect(costAt(offer, 0, 0).why).toBe('too_few');
  });
  it('marks all of the cheapest, never one that does not supply', () => {
    const costs = [costAt(offer, 60, 0), costAt(offer, 500, 0), costAt(offer, 500, 0)];
    expect([...cheapest(costs)]).toEqual([1, 2]);
    expect(cheapest([costAt(offer, 1, 0)]).size).toBe(0);
  });
});
