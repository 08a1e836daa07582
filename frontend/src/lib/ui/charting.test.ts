import { expect, it } from 'vitest';
import { apart, axis, rows, wide } from './charting';

it('has round levels that hold what is drawn', () => {
  expect(axis([103, 118.5, 96.2])).toEqual({
    low: 90,
    high: 120,
    levels: [90, 100, 110, 120],
    cut: false,
  });
  expect(axis([0.1, 0.3]).levels).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
  expect(axis([1200, 98_000]).levels).toEqual([0, 50_000, 100_000]);
});

it('has one level where all is the same, and none where nothing is', () => {
  expect(axis([95, 95])).toEqual({ low: 95, high: 95, levels: [95], cut: false });
  expect(axis([])).toMatchObject({ levels: [], cut: false });
});

it('leaves out what few quantities cost, and says so', () => {
  const most = Array.from({ length: 19 }, (_, i) => 100 + i);
  const found = axis([...most, 4090]);
  expect(found.cut).toBe(true);
  expect(found.high).toBe(120);
  // Nine tenths the same: the few that are not are all there is to see.
  expect(axis([...Array<number>(19).fill(100), 140])).toMatchObject({ high: 140, cut: false });
});

it('never names many levels, and always the lowest and highest of what is drawn lie inside', () => {
  for (let i = 0; i < 500; i++) {
    const values = Array.from(
      { length: 9 },
      (_, n) => (((i + 1) * (n + 3) * 7919) % 1009) * 10 ** ((i % 7) - 3),
    );
    const { low, high, levels } = axis(values);
    expect(low).toBeLessThanOrEqual(Math.min(...values));
    expect(high).toBeGreaterThanOrEqual([...values].sort((a, b) => a - b)[8] ?? 0);
    expect(levels.length).toBeLessThanOrEqual(6);
    expect(new Set(levels).size).toBe(levels.length);
  }
});

it('sets marks apart that would lie on each other, and leaves the others', () => {
  expect(apart([10, 100, 200], 20, 0, 300)).toEqual([10, 100, 200]);
  expect(apart([100, 100, 200], 20, 0, 300)).toEqual([90, 110, 200]);
  expect(apart([100, 104, 200], 20, 0, 300)).toEqual([92, 112, 200]);
});

it('keeps them inside the drawing', () => {
  expect(apart([0, 1, 2], 20, 0, 300)).toEqual([0, 20, 40]);
  expect(apart([299, 300], 20, 0, 300)).toEqual([280, 300]);
  expect(apart([], 20, 0, 300)).toEqual([]);
});

it('spreads evenly what has no room', () => {
  expect(apart([0, 0, 0, 0], 20, 0, 30)).toEqual([0, 10, 20, 30]);
});

it('keeps order and distance wherever they want to be', () => {
  for (let seed = 1; seed < 300; seed++) {
    const wanted = Array.from({ length: 12 }, (_, i) => (seed * (i + 1) * 7919) % 320).sort(
      (a, b) => a - b,
    );
    const placed = apart(wanted, 22, 0, 320);
    expect(placed.every((at) => at >= 0 && at <= 320 + 1e-9)).toBe(true);
    placed.slice(1).forEach((at, i) => expect(at - (placed[i] ?? 0)).toBeGreaterThan(22 - 1e-9));
  }
});

it('takes as many rows as the marks need', () => {
  expect([rows(3, 22, 320), rows(14, 22, 320), rows(15, 22, 320), rows(60, 22, 320)]).toEqual([
    1, 1, 2, 5,
  ]);
  expect(rows(3, 22, 0)).toBe(3);
});

it('takes letters of Hangul to be wider', () => {
  expect(wide('원원')).toBeGreaterThan(wide('99'));
  expect(wide('₩99')).toBeGreaterThan(wide('999'));
});
