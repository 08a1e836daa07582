import type { Ladder } from './types';

/** How a tier stands: behind the present price, the present price itself, the next one, or ahead. */
export type Standing = 'behind' | 'current' | 'next' | 'ahead';

export interface Step {
  index: number;
  standing: Standing;
  /** 0 to 100: how far the step is filled, counted at its own price. */
  fill: number;
  /** 0 to 100: how high the step stands; the price, stretched so that a small fall is still seen. */
  height: number;
}

const LOWEST = 34;

/** The ladder as a flight of stairs going down with the price. */
export function stepsOf(ladder: Ladder): Step[] {
  const prices = ladder.tiers.map((tier) => Number(tier.unit_price));
  const top = Math.max(...prices);
  const spread = top - Math.min(...prices);
  return ladder.tiers.map((tier, index) => ({
    index,
    standing: standingOf(ladder, index),
    fill: tier.carries ? 100 : Math.min(100, Math.max(0, tier.reached_percent ?? 0)),
    height: spread
      ? LOWEST + ((100 - LOWEST) * (Number(tier.unit_price) - (top - spread))) / spread
      : 100,
  }));
}

function standingOf(ladder: Ladder, index: number): Standing {
  if (index === ladder.current) return 'current';
  if (ladder.current !== null && index < ladder.current) return 'behind';
  return index === ladder.next?.tier ? 'next' : 'ahead';
}

/** What a tier has and needs: orderable quantity of its least quantity, the threshold included. */
export function needOf(ladder: Ladder, index: number): number {
  return Math.max(ladder.tiers[index]?.min_quantity ?? 0, ladder.threshold_quantity);
}

/** The share of the list price (or of the first tier) that the present price saves, in per cent. */
export function savedPercent(ladder: Ladder): number | null {
  if (ladder.current === null) return null;
  const from = Number(ladder.list_price);
  const now = Number(ladder.tiers[ladder.current]?.unit_price);
  return from > now ? ((from - now) / from) * 100 : null;
}
