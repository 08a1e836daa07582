import { describe, expect, it } from 'vitest';
import { needOf, savedPercent, stepsOf } from './ladder';
import type { Ladder, LadderTier } from './types';

/** A ladder from (least quantity, price, orderable) rows; a tier carries when it is reached. */
function ladder(rows: [number, string, number | null][], more: Partial<Ladder> = {}): Ladder {
  const tiers: LadderTier[] = rows.map(([min_quantity, unit_price, orderable]) => ({
    min_quantity,
    unit_price,
    orderable,
    demand: orderable,
    firms: 5,
    carries: orderable !== null && orderable >= min_quantity,
    reached_percent: orderable === null ? null : Math.floor((100 * orderable) / min_quantity),
    missing: orderable === null ? null : Math.max(0, min_quantity - orderable),
    missing_firms: 0,
  }));
  return {
    list_price: rows[0]?.[1] ?? '0',
    tiers,
    current: null,
    unit_price: null,
    next: null,
    firms: 5,
    quantity: 0,
    threshold_quantity: 1,
    threshold_firms: 1,
    pack_size: 1,
    capacity: null,
    cliff: null,
    asked: 0,
    ...more,
  };
}

// The market of the documents: at the list price 30 units look dead; at 80 all 205 are in.
const WORKED: [number, string, number][] = [
  [1, '120', 30],
  [50, '100', 70],
  [100, '90', 130],
  [200, '80', 205],
];

describe('stairs', () => {
  it('counts every step at its own price', () => {
    const steps = stepsOf(ladder(WORKED, { current: 3 }));
    expect(steps.map((step) => step.standing)).toEqual(['behind', 'behind', 'behind', 'current']);
    expect(steps.map((step) => step.fill)).toEqual([100, 100, 100, 100]);
  });

  it('goes down with the price, and stays in sight at the lowest', () => {
    const heights = stepsOf(ladder(WORKED)).map((step) => step.height);
    expect(heights[0]).toBe(100);
    expect(heights.at(-1)).toBe(34);
    expect([...heights].sort((a, b) => b - a)).toEqual(heights);
  });

  it('marks the step to aim for, also when none carries yet', () => {
    const next = { tier: 1, unit_price: '90', missing: 20, missing_firms: 0, saving_each: '30' };
    const steps = stepsOf(ladder([[50, '120', 30], [100, '90', 80]], { next })); // prettier-ignore
    expect(steps.map((step) => step.standing)).toEqual(['ahead', 'next']);
    expect(steps.map((step) => step.fill)).toEqual([60, 80]);
  });

  it('never fills a step that does not carry beyond its edge, nor a hidden one at all', () => {
    const full = ladder([[10, '9', 40]]);
    full.tiers[0]!.carries = false;
    full.tiers[0]!.reached_percent = 400;
    expect(stepsOf(full)[0]?.fill).toBe(100);
    expect(stepsOf(ladder([[10, '9', null]]))[0]?.fill).toBe(0);
  });

  it('stands at full height with one price', () => {
    expect(stepsOf(ladder([[10, '9', 1]]))[0]?.height).toBe(100);
  });
});

it('needs the threshold where the tier asks for less', () => {
  const low = ladder(WORKED, { threshold_quantity: 60 });
  expect([0, 1, 2].map((index) => needOf(low, index))).toEqual([60, 60, 100]);
});

it('says what is saved against the list price', () => {
  expect(savedPercent(ladder(WORKED, { current: 2 }))).toBe(25);
  expect(savedPercent(ladder(WORKED, { current: 0 }))).toBeNull();
  expect(savedPercent(ladder(WORKED))).toBeNull();
});
