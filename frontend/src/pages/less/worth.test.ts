import { expect, test } from 'vitest';
import { worth } from './worth';

const part = (quantity: number, supply_value: number) => ({
  variant: String(quantity),
  name: '',
  code: '',
  unit_price: '1',
  quantity,
  supply_value,
});

test('in proportion to what was ordered, rounded up', () => {
  const order = { quantity: 120, supply_value: 1_000_000, parts: [] };
  expect(worth(order, null, 90)).toBe(750_000);
  expect(worth(order, null, 7)).toBe(58_334);
});

test('by variant each at its own price', () => {
  const order = { quantity: 30, supply_value: 40_000, parts: [part(10, 10_000), part(20, 30_000)] };
  expect(worth(order, [10, 10], 20)).toBe(25_000);
  expect(worth(order, [null, 20], 20)).toBe(30_000);
});

test('large amounts stay exact', () => {
  const order = { quantity: 3, supply_value: 9_007_199_254_740_990, parts: [] };
  expect(worth(order, null, 1)).toBe(3_002_399_751_580_330);
});
