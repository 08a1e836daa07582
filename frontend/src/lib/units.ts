import type { Decimal, Schemas } from './types';

/** A unit that an item may be said in: `said` of it are `base` of the item's own. */
export type UnitOfItem = Schemas['UnitOfItem'];

/** The quantity in the item's unit; null when it does not come out whole. */
export function counted(quantity: number, { said, base }: Pick<UnitOfItem, 'said' | 'base'>) {
  const all = BigInt(quantity) * BigInt(base);
  return all % BigInt(said) ? null : Number(all / BigInt(said));
}

/** The quantities nearest below and above that do come out whole. */
export function nearest(quantity: number, { said }: Pick<UnitOfItem, 'said'>): number[] {
  const below = Math.floor(quantity / said) * said;
  return [below, below + said].filter((each) => each > 0);
}

/** A price of one said unit as the price of one of the item's, with six decimals at most; else null. */
export function priceCounted(
  price: Decimal,
  { said, base }: Pick<UnitOfItem, 'said' | 'base'>,
): Decimal | null {
  const [whole = '0', fraction = ''] = price.split('.');
  const all = BigInt(whole + fraction.padEnd(6, '0')) * BigInt(said);
  if (all % BigInt(base)) return null;
  const digits = String(all / BigInt(base)).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
}
