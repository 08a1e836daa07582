import { percent } from '../../lib/format';
import type { Language } from '../../lib/types';

/** A rate in basis points as people read it: 150 → "1.5%". */
export function rate(basisPoints: number, language: Language): string {
  return percent(basisPoints / 100, language, 2);
}

/** Basis points of what was typed in per cent: "1.5" → 150. */
export function basisPoints(typed: number | string | null): number {
  return Math.round(Number(typed ?? 0) * 100);
}
